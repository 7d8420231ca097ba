package dev.afterword.web.contact;

import dev.afterword.db.contact.ListedContacts;
import dev.afterword.db.contact.erasure.CollectPersonalData;
import dev.afterword.db.contact.erasure.EraseContact;
import dev.afterword.db.contact.erasure.Section;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** What a person may ask of the shop: everything that is kept of them, to read and for machines, and that it is forgotten. */
@Controller
class PersonalDataPages {
    /** What is typed before somebody is forgotten, which cannot be undone. */
    private static final String CONFIRMED = "erase";

    private final CollectPersonalData collect;
    private final EraseContact eraseContact;
    private final ListedContacts contacts;
    private final JsonMapper json;
    private final Clock clock;

    PersonalDataPages(
            CollectPersonalData collect,
            EraseContact eraseContact,
            ListedContacts contacts,
            JsonMapper json,
            Clock clock) {
        this.collect = collect;
        this.eraseContact = eraseContact;
        this.contacts = contacts;
        this.json = json;
        this.clock = clock;
    }

    @GetMapping(ContactPages.ONE + "/data")
    Mono<Rendering> read(Signed signed, @PathVariable UUID id) {
        return collect.of(signed.key(id))
                .map(sections -> Rendering.view("contact/data")
                        .modelAttribute("data", PersonalDataView.of(sections))
                        .modelAttribute("at", clock.instant())
                        .modelAttribute("path", signed.path("/customers/" + id))
                        .build());
    }

    @GetMapping(ContactPages.ONE + "/data.json")
    Mono<ResponseEntity<byte[]>> download(Signed signed, @PathVariable UUID id) {
        return collect.of(signed.key(id))
                .map(sections -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                ContentDisposition.attachment()
                                        .filename("customer-" + id + ".json")
                                        .build()
                                        .toString())
                        .body(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(named(sections))));
    }

    private static Map<String, List<Map<String, Object>>> named(List<Section> sections) {
        var named = new LinkedHashMap<String, List<Map<String, Object>>>();
        sections.forEach(section -> named.put(section.name(), section.rows()));
        return named;
    }

    @GetMapping(ContactPages.ONE + "/erasure")
    Mono<Rendering> ask(Signed signed, @PathVariable UUID id) {
        return ask(signed, id, Form.blank(), HttpStatus.OK);
    }

    private Mono<Rendering> ask(Signed signed, UUID id, Form form, HttpStatus status) {
        return contacts.find(signed.key(id))
                .map(contact -> Rendering.view("contact/erasure")
                        .modelAttribute("contact", contact)
                        .modelAttribute("form", form)
                        .modelAttribute("word", CONFIRMED)
                        .modelAttribute("path", signed.path("/customers/" + id))
                        .status(status)
                        .build());
    }

    @PostMapping(ContactPages.ONE + "/erasure")
    Mono<Rendering> erase(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        if (!form.value("confirmed").equalsIgnoreCase(CONFIRMED)) {
            form.wrong("confirmed", "erasure.not-named", CONFIRMED);
            return ask(signed, id, form, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return eraseContact.erase(signed.key(id)).map(_ -> {
            Flash.say(exchange, "contact.erased");
            return Rendering.redirectTo(signed.path("/customers/" + id)).build();
        });
    }
}
