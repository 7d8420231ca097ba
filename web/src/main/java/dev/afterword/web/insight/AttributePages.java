package dev.afterword.web.insight;

import dev.afterword.db.Conflict;
import dev.afterword.db.Rejected;
import dev.afterword.db.insight.MarkAttributes;
import dev.afterword.db.insight.SegmentAttribute;
import dev.afterword.db.insight.SegmentAttributes;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The attributes of orders and customers that tell answers apart, chosen from what the newest carry. */
@Controller
class AttributePages {
    private static final String FIELD = "attributes";

    private final SegmentAttributes attributes;
    private final MarkAttributes markAttributes;

    AttributePages(SegmentAttributes attributes, MarkAttributes markAttributes) {
        this.attributes = attributes;
        this.markAttributes = markAttributes;
    }

    @GetMapping("/w/{code}/settings/attributes")
    Mono<Rendering> show(Signed signed) {
        return attributes
                .of(signed.workspace().id())
                .flatMap(marked -> page(
                        signed,
                        Form.blank()
                                .putAll(
                                        FIELD,
                                        marked.stream()
                                                .map(SegmentAttribute::code)
                                                .toList()),
                        HttpStatus.OK));
    }

    @PostMapping("/w/{code}/settings/attributes")
    Mono<Rendering> mark(Signed signed, Form form, ServerWebExchange exchange) {
        return Mono.fromSupplier(() ->
                        form.values(FIELD).stream().map(SegmentAttribute::parse).collect(Collectors.toSet()))
                .flatMap(wanted -> markAttributes.mark(signed.workspace().id(), wanted))
                .then(Mono.fromSupplier(() -> {
                    Flash.say(exchange, "attributes.marked");
                    return Rendering.redirectTo(signed.path("/settings/attributes"))
                            .build();
                }))
                .onErrorResume(
                        Rejected.class,
                        rejected -> page(
                                signed,
                                form.wrong(
                                        "",
                                        rejected.code(),
                                        rejected.arguments().toArray()),
                                HttpStatus.UNPROCESSABLE_CONTENT))
                .onErrorResume(
                        Conflict.class,
                        conflict -> page(
                                signed,
                                form.wrong(
                                        "",
                                        conflict.code(),
                                        conflict.arguments().toArray()),
                                HttpStatus.CONFLICT));
    }

    private Mono<Rendering> page(Signed signed, Form form, HttpStatus status) {
        var workspace = signed.workspace().id();
        return Mono.zip(attributes.offered(workspace), attributes.of(workspace), attributes.counting(workspace))
                .map(read -> Rendering.view("insight/attributes")
                        .modelAttribute("form", form)
                        .modelAttribute("groups", groups(read.getT1(), read.getT2()))
                        .modelAttribute("counting", read.getT3())
                        .modelAttribute("most", SegmentAttribute.MOST)
                        .modelAttribute("mostValues", SegmentAttribute.MOST_VALUES)
                        .modelAttribute("lookedAt", SegmentAttributes.LOOKED_AT)
                        .status(status)
                        .build());
    }

    /** The attributes of one source. */
    record Group(String source, List<SegmentAttributes.Offered> attributes) {}

    /** What is carried, and what is marked although the newest no longer carry it. */
    private static List<Group> groups(List<SegmentAttributes.Offered> offered, List<SegmentAttribute> marked) {
        var carried = offered.stream().map(SegmentAttributes.Offered::attribute).collect(Collectors.toSet());
        var gone = new HashSet<>(marked);
        gone.removeAll(carried);
        var all = new ArrayList<>(offered);
        gone.stream()
                .sorted(Comparator.comparing(SegmentAttribute::name))
                .forEach(attribute -> all.add(new SegmentAttributes.Offered(attribute, 0, 0)));
        return Arrays.stream(SegmentAttribute.Source.values())
                .map(source -> new Group(
                        source.code(),
                        all.stream()
                                .filter(one -> one.attribute().source() == source)
                                .toList()))
                .filter(group -> !group.attributes().isEmpty())
                .toList();
    }
}
