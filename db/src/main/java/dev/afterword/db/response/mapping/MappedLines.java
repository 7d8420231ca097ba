package dev.afterword.db.response.mapping;

import dev.afterword.db.CsvRows;
import dev.afterword.db.Fields;
import dev.afterword.db.ImportLines;
import dev.afterword.db.Rejected;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.SurveyDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A table of responses from elsewhere, each row as a past response by what somebody said that its columns are. */
public final class MappedLines implements ImportLines {
    private static final int MOST_LINES = 500;
    private static final int MOST_BYTES = 4 << 20;

    private final CsvRows rows;
    private final ResponseMapping mapping;
    private final SurveyDefinition definition;
    private final ZoneId zone;
    private final Repeats repeats = new Repeats();
    private @Nullable List<String> header;

    public MappedLines(InputStream in, ResponseMapping mapping, SurveyDefinition definition) {
        this.rows = new CsvRows(in);
        this.mapping = mapping;
        this.definition = definition;
        this.zone = ZoneId.of(mapping.zone());
    }

    @Override
    public List<String> header() throws IOException {
        if (header == null) {
            var headings = new ArrayList<List<String>>();
            while (headings.size() < mapping.dialect().headings()) {
                var row = rows.next();
                if (row == null) {
                    throw new Rejected("csv.no-header", null);
                }
                headings.add(row.cells());
            }
            header = mapping.dialect().names(headings);
        }
        return header;
    }

    @Override
    public List<Line> next() throws IOException {
        header();
        var batch = new ArrayList<Line>();
        int bytes = 0;
        while (batch.size() < MOST_LINES && bytes < MOST_BYTES) {
            var row = rows.next();
            if (row == null) {
                break;
            }
            bytes += row.bytes();
            batch.add(line(row));
        }
        return batch;
    }

    private Line line(CsvRows.Row row) {
        if (row.problem() != null) {
            return new Line(row.number(), null, row.problem());
        }
        var response = JsonNodeFactory.instance.objectNode();
        response.put("survey", mapping.survey());
        var answers = response.putObject("answers");
        for (int at = 0; at < Math.min(row.cells().size(), mapping.targets().size()); at++) {
            var target = mapping.targets().get(at);
            var said =
                    target.isEmpty() ? null : mapping.dialect().read(row.cells().get(at));
            if (said == null) {
                continue;
            }
            if (target.startsWith(ResponseMapping.ANSWERS)) {
                answer(answers, target.substring(ResponseMapping.ANSWERS.length()), said);
            } else if (!said.equals(Dialect.SKIPPED) && !said.equals("NULL")) {
                field(response, target, said);
            }
        }
        if (!response.has("externalId")) {
            response.put("externalId", fingerprint(row.cells()));
        }
        return new Line(row.number(), Fields.of(response), null);
    }

    private void field(ObjectNode response, String target, String said) {
        switch (target) {
            case "externalId", "survey" -> response.put(target, said);
            case "order.externalId" -> response.putObject("order").put("externalId", said);
            case "answeredAt", "askedAt" -> {
                if (!response.has(target)) {
                    response.put(target, MappedValues.time(said, zone));
                }
            }
            default -> {
                if (!response.has(target)) {
                    response.put(target, said);
                }
            }
        }
    }

    private void answer(ObjectNode answers, String place, String said) {
        var at = place.indexOf('=');
        var slot = Slot.parse(at < 0 ? place : place.substring(0, at));
        var name = slot.toString();
        var question = definition.question(slot.question()).orElse(null);
        if (at >= 0 && question != null) {
            var chosen = answers.get(name) instanceof ArrayNode known ? known : answers.putArray(name);
            var option = place.substring(at + 1);
            if (!said.equals(Dialect.SKIPPED) && MappedValues.isChosen(said, option, question)) {
                chosen.add(option);
            }
        } else if (said.equals(Dialect.SKIPPED)) {
            answers.putNull(name);
        } else if (question == null) {
            answers.put(name, said);
        } else {
            switch (MappedValues.answer(question, slot, said)) {
                case List<?> keys -> {
                    var list = answers.putArray(name);
                    keys.forEach(key -> list.add(key.toString()));
                }
                case Object value -> answers.put(name, value.toString());
            }
        }
    }

    /** Rows without an id of their own are known again by what they say, and those that say the same by which of them they are. */
    private String fingerprint(List<String> cells) {
        var said = UUID.nameUUIDFromBytes(String.join("\u001f", cells).getBytes(StandardCharsets.UTF_8));
        int times = repeats.count(said);
        return times == 1 ? "row-" + said : "row-" + said + "-" + times;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
