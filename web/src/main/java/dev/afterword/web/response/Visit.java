package dev.afterword.web.response;

import dev.afterword.db.response.AnswerSheet;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Piped;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.SurveyLink;
import dev.afterword.web.CustomerPage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A request of the link of an invitation, or of one that begins there.
 *
 * @param base the path of the link
 * @param language what the page is read in: the customer's, or the one that was chosen on the page
 * @param chosen answers that the link chooses, and only chooses
 * @param carried what of the link goes along from screen to screen
 * @param beginning what the page sends along so that two clicks meet in one response; null where it is stored already
 */
record Visit(
        String base,
        AnswerSheet sheet,
        String language,
        Map<Slot, Answer> chosen,
        MultiValueMap<String, String> carried,
        @Nullable String beginning) {
    /** The step that a screen opens at; no question can have these keys. */
    static final String AT = "_at";

    static final String LANGUAGE = "_lang";
    /** Said after something was sent: a question still needs an answer. */
    static final String MISSING = "_missing";

    /** Said after something was sent: more questions follow from it. */
    static final String MORE = "_more";

    static Visit of(String base, AnswerSheet sheet, MultiValueMap<String, String> query) {
        var definition = sheet.version().definition();
        var wished = query.getFirst(LANGUAGE);
        var carried = new LinkedMultiValueMap<String, String>();
        var language = sheet.invitation().language();
        if (wished != null && definition.languages().contains(wished)) {
            language = wished;
            carried.add(LANGUAGE, wished);
        }
        return new Visit(base, sheet, language, chosen(definition, query, carried), carried, null);
    }

    /** Scales and choices may be chosen by a link; what it gets wrong is left out. */
    private static Map<Slot, Answer> chosen(
            SurveyDefinition definition, MultiValueMap<String, String> query, MultiValueMap<String, String> carried) {
        var chosen = new LinkedHashMap<Slot, Answer>();
        query.forEach((name, values) -> {
            var slot = Slot.parse(name);
            var given = values.isEmpty() ? null : values.getFirst();
            if (given == null || given.isBlank()) {
                return;
            }
            definition
                    .question(slot.question())
                    .filter(question -> question instanceof Question.Scale
                            || question instanceof Question.Matrix
                            || (question instanceof Question.Choosing
                                    && slot.row().isEmpty()))
                    .map(question -> definition.check(Map.of(name, given)))
                    .filter(checked -> checked.problems().isEmpty())
                    .ifPresent(checked -> {
                        chosen.putAll(checked.answers());
                        carried.add(name, given);
                    });
        });
        return chosen;
    }

    /** The same without what the link chose for steps that were sent. */
    Visit after(List<String> sent) {
        var left = new LinkedMultiValueMap<>(carried);
        left.keySet().removeIf(name -> sent.contains(Slot.parse(name).row("").toString()));
        return new Visit(base, sheet, language, Map.of(), left, beginning);
    }

    /** The same at a link of the survey, before anything is stored. */
    Visit beginning(String token) {
        return new Visit(base, sheet, language, chosen, carried, token);
    }

    /** The same with answers that are not kept. */
    Visit carrying(Map<Slot, Answer> answers, Instant now) {
        return new Visit(base, sheet.carrying(answers, now), language, Map.of(), carried, beginning);
    }

    /** The same screen in another language of the survey. */
    Visit speaking(String other) {
        return sheet.version().definition().languages().contains(other)
                ? new Visit(base, sheet, other, chosen, carried, beginning)
                : this;
    }

    Way way() {
        return Way.of(sheet, chosen);
    }

    Piped texts(Way way) {
        return new Piped(
                way.definition(),
                sheet.facts(),
                way.walk(),
                language,
                sheet.workspace().language());
    }

    /** The language that the survey's texts are in, which may be another than was asked for. */
    String read() {
        var spoken = sheet.version().definition().languages();
        for (var wanted : List.of(language, sheet.workspace().language(), "en")) {
            var bare = Locale.forLanguageTag(wanted).getLanguage();
            for (var one : spoken) {
                if (one.equals(wanted) || one.equals(bare)) {
                    return one;
                }
            }
        }
        return spoken.isEmpty() ? language : spoken.getFirst();
    }

    CustomerPage page() {
        var page = CustomerPage.around(
                sheet.workspace(),
                sheet.version().definition().theme(),
                language,
                read(),
                sheet.logo() ? base + "/logo" : null);
        var link = sheet.link();
        var shown = link != null && link.kind() == SurveyLink.Kind.EMBEDDED
                ? page.framedBy(sheet.settings().sharing().origins())
                : page;
        return noted() ? shown.telling(base + "/" + HitPages.SEEN) : shown;
    }

    /** Whether requests of it are kept: not before it has begun, nor where nobody may be tied to an answer. */
    private boolean noted() {
        return beginning == null && !sheet.settings().anonymous();
    }

    /** A link that nobody sees; null where requests are not kept. */
    @Nullable
    String canary() {
        return noted() ? base + "/" + HitPages.CANARY : null;
    }

    /** The address of the screen that opens at a step. */
    String address(String at) {
        return address("", at, "", language);
    }

    /** The same, which also says something. */
    String address(String at, String said) {
        return address("", at, said, language);
    }

    String in(String other, String at) {
        return address("", at, "", other);
    }

    String thanks() {
        return address("/thanks", "", "", language);
    }

    /** Where the page's script sends to. */
    String draft(String kind) {
        return address("/" + kind, "", "", language);
    }

    private String address(String below, String at, String said, String in) {
        var address = UriComponentsBuilder.fromPath(base + below);
        if (!at.isEmpty()) {
            address.queryParam(AT, "{at}");
        }
        if (!said.isEmpty()) {
            address.queryParam(said);
        }
        // What begins is not stored yet, nor is the language that was chosen for it.
        var chosen = beginning != null && carried.containsKey(LANGUAGE);
        if (chosen || !in.equals(sheet.invitation().language())) {
            address.queryParam(LANGUAGE, in);
        }
        var slot = Slot.parse(at);
        carried.forEach((name, values) -> {
            var own = Slot.parse(name);
            var there = own.question().equals(slot.question()) && own.item().equals(slot.item());
            if (!name.equals(LANGUAGE) && (there || below.isEmpty())) {
                address.queryParam(name, values);
            }
        });
        return address.encode().buildAndExpand(at).toUriString();
    }
}
