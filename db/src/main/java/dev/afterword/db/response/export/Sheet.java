package dev.afterword.db.response.export;

import dev.afterword.db.Rejected;
import dev.afterword.db.response.Labels;
import dev.afterword.db.response.ListedResponse;
import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.SurveyVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table of responses: the response itself, who answered, the order, what was true then, the order's lines, and one for each place of an answer.
 * Their names are the paths that imports know.
 */
record Sheet(List<Column> columns) {
    /** As many as a spreadsheet takes. */
    private static final int MOST = 16_384;

    private static final List<String> DIMENSIONS = List.of(
            "delivery",
            "product",
            "category",
            "carrier",
            "channel",
            "country",
            "language",
            "stage",
            "followUp",
            "variant");

    /** A column: its heading, and what stands in it; null is an empty cell. */
    record Column(String heading, Function<Exported, @Nullable Object> value) {}

    /**
     * The columns of responses to any of these versions.
     *
     * @param versions the newest first: their questions come first, and their words are the headings
     * @param items the lines of orders that answers are about
     */
    static Sheet of(Export export, List<SurveyVersion> versions, List<String> items) {
        var columns = new ArrayList<Column>();
        add(columns, "id", row -> row.response().key().id().toString());
        add(columns, "externalId", row -> row.response().externalId());
        add(columns, "survey", row -> row.response().surveyKey());
        add(columns, "version", row -> row.version().number());
        add(columns, "answeredAt", row -> row.response().answeredAt());
        add(columns, "complete", row -> row.response().complete());
        add(columns, "imported", row -> row.response().imported());
        add(columns, "standing", row -> row.response().judgement().standing().code());
        add(
                columns,
                "marks",
                row -> row.response().judgement().marks().isEmpty()
                        ? null
                        : Values.cell(row.response().judgement().marks().stream()
                                .map(marked -> marked.mark().code())
                                .toList()));
        add(
                columns,
                "topics",
                row -> some(row.response().labels().topics().stream()
                        .map(Labels.Label::name)
                        .toList()));
        add(columns, "tags", row -> some(row.response().labels().tags()));
        add(columns, "language", row -> row.response().language());
        if (export.people()) {
            person(columns, "customer.id", person -> person.id().toString());
            person(columns, "customer.name", ListedResponse.Person::name);
            person(columns, "customer.email", ListedResponse.Person::email);
            person(columns, "customer.stage", ListedResponse.Person::stage);
            purchase(columns, "order.externalId", ListedResponse.Purchase::externalId);
            purchase(columns, "order.status", ListedResponse.Purchase::status);
            purchase(columns, "order.placedAt", ListedResponse.Purchase::placedAt);
            purchase(columns, "order.promisedAt", ListedResponse.Purchase::promisedAt);
            purchase(columns, "order.deliveredAt", ListedResponse.Purchase::deliveredAt);
        }
        for (var dimension : DIMENSIONS) {
            add(columns, "segments." + dimension, row -> {
                var values = row.response().segments().get(dimension);
                return values == null || values.isEmpty() ? null : Values.cell(values);
            });
        }
        items.forEach(item ->
                add(columns, "items." + item, row -> row.response().items().get(item)));
        answers(export, versions, items).forEach((place, label) -> {
            var name = "answers." + place.name();
            columns.add(new Column(
                    export.labels() ? label + " [" + name + "]" : name, row -> place.cell(row, export.labels())));
        });
        if (columns.size() > MOST) {
            throw new Rejected("export.too-wide", "survey", columns.size(), MOST);
        }
        return new Sheet(List.copyOf(columns));
    }

    private static @Nullable Object some(List<String> texts) {
        return texts.isEmpty() ? null : Values.cell(texts);
    }

    private static void add(List<Column> columns, String name, Function<Exported, @Nullable Object> value) {
        columns.add(new Column(name, value));
    }

    private static void person(
            List<Column> columns, String name, Function<ListedResponse.Person, @Nullable Object> value) {
        add(columns, name, row -> {
            var customer = row.response().customer();
            return customer == null ? null : value.apply(customer);
        });
    }

    private static void purchase(
            List<Column> columns, String name, Function<ListedResponse.Purchase, @Nullable Object> value) {
        add(columns, name, row -> {
            var order = row.response().order();
            return order == null ? null : value.apply(order);
        });
    }

    /**
     * Where an answer stands.
     *
     * @param typed only what was typed beside “other”
     */
    private record Place(Slot slot, boolean typed) {
        String name() {
            return (typed ? slot.row(Option.OTHER) : slot).toString();
        }

        @Nullable
        Object cell(Exported row, boolean labels) {
            var answer = row.answer(slot);
            var question = row.question(slot);
            if (answer == null || question == null) {
                return null;
            }
            return typed ? Values.typed(answer) : Values.cell(new Values(labels).of(question, answer, row));
        }
    }

    private static Map<Place, String> answers(Export export, List<SurveyVersion> versions, List<String> items) {
        var places = new LinkedHashMap<Place, String>();
        for (var version : versions) {
            var texts = Exported.texts(
                    version, export.language(), export.workspace().language());
            for (var question : version.definition().questions()) {
                var about = version.definition().isRepeated(question) ? items : List.of("");
                for (var item : about) {
                    var slot = new Slot(question.key(), "", item);
                    var label = texts.text(question.text(), item) + (item.isEmpty() ? "" : " (" + item + ")");
                    switch (question) {
                        case Question.Matrix matrix ->
                            matrix.rows()
                                    .forEach(row -> places.putIfAbsent(
                                            new Place(slot.row(row.key()), false),
                                            label + " – " + texts.text(row.text())));
                        case Question.Statement _ -> {}
                        case Question.Scale _,
                                Question.OfOptions _,
                                Question.Typed _,
                                Question.Figure _,
                                Question.Date _,
                                Question.Consent _ -> places.putIfAbsent(new Place(slot, false), label);
                    }
                    if (Values.hasTyped(question) && question instanceof Question.Choosing choosing) {
                        places.putIfAbsent(new Place(slot, true), label + " – " + texts.text(choosing.other()));
                    }
                }
            }
        }
        return places;
    }
}
