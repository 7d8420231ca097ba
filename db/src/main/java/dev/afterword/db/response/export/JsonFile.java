package dev.afterword.db.response.export;

import dev.afterword.db.response.Labels;
import dev.afterword.db.response.ListedResponse;
import dev.afterword.db.survey.Option;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Newline-delimited JSON: one response a line, its answers by their places; null where a question was shown and skipped. */
final class JsonFile implements ExportFile {
    private final JsonMapper json;
    private final Values values;
    private final boolean people;

    JsonFile(JsonMapper json, Export export) {
        this.json = json;
        this.values = new Values(export.labels());
        this.people = export.people();
    }

    @Override
    public byte[] rows(List<Exported> rows) throws IOException {
        var piece = new ByteArrayOutputStream();
        for (var row : rows) {
            piece.writeBytes(json.writeValueAsBytes(line(row)));
            piece.write('\n');
        }
        return piece.toByteArray();
    }

    @Override
    public byte[] end() {
        return new byte[0];
    }

    private Map<String, @Nullable Object> line(Exported row) {
        var response = row.response();
        var line = new LinkedHashMap<String, @Nullable Object>();
        line.put("id", response.key().id());
        line.put("externalId", response.externalId());
        line.put("survey", response.surveyKey());
        line.put("version", row.version().number());
        line.put("answeredAt", response.answeredAt().toString());
        line.put("complete", response.complete());
        line.put("imported", response.imported());
        line.put("standing", response.judgement().standing().code());
        line.put(
                "marks",
                response.judgement().marks().stream()
                        .map(marked -> marked.mark().code())
                        .toList());
        line.put(
                "topics",
                response.labels().topics().stream().map(Labels.Label::name).toList());
        line.put("tags", response.labels().tags());
        line.put("language", response.language());
        if (people) {
            line.put("customer", customer(response.customer()));
            line.put("order", order(response.order()));
        }
        line.put("segments", response.segments());
        line.put("items", response.items());
        line.put("answers", answers(row));
        return line;
    }

    private static @Nullable Map<String, @Nullable Object> customer(ListedResponse.@Nullable Person person) {
        if (person == null) {
            return null;
        }
        var customer = new LinkedHashMap<String, @Nullable Object>();
        customer.put("id", person.id());
        customer.put("name", person.name());
        customer.put("email", person.email());
        customer.put("stage", person.stage());
        return customer;
    }

    private static @Nullable Map<String, @Nullable Object> order(ListedResponse.@Nullable Purchase purchase) {
        if (purchase == null) {
            return null;
        }
        var order = new LinkedHashMap<String, @Nullable Object>();
        order.put("externalId", purchase.externalId());
        order.put("status", purchase.status());
        order.put("placedAt", purchase.placedAt().toString());
        order.put("promisedAt", text(purchase.promisedAt()));
        order.put("deliveredAt", text(purchase.deliveredAt()));
        return order;
    }

    private Map<String, @Nullable Object> answers(Exported row) {
        var answers = new LinkedHashMap<String, @Nullable Object>();
        for (var given : row.response().answers()) {
            var slot = given.slot();
            var question = row.question(slot);
            if (question != null) {
                var answer = given.to(question);
                answers.put(slot.toString(), plain(values.of(question, answer, row)));
                var typed = Values.typed(answer);
                if (typed != null) {
                    answers.put(slot.row(Option.OTHER).toString(), typed);
                }
            }
        }
        return answers;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value == null || value instanceof Number || value instanceof Boolean || value instanceof List<?>
                ? value instanceof BigDecimal number ? new BigDecimal(number.toPlainString()) : value
                : value.toString();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
