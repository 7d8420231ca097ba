package dev.afterword.web.order;

import dev.afterword.db.CsvRows;
import dev.afterword.db.ImportKind;
import dev.afterword.db.ImportLines.Format;
import dev.afterword.db.ImportLines.Line;
import dev.afterword.db.NotFound;
import dev.afterword.db.Problem;
import dev.afterword.db.response.ImportRun;
import dev.afterword.db.response.ImportRun.State;
import dev.afterword.db.response.ImportRuns;
import dev.afterword.db.response.PastResponse;
import dev.afterword.db.response.mapping.GuessMapping;
import dev.afterword.db.response.mapping.MappedLines;
import dev.afterword.db.response.mapping.Places;
import dev.afterword.db.response.mapping.ResponseMapping;
import dev.afterword.db.survey.Survey;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.web.order.ImportPreview.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the beginning of a table of responses from elsewhere, to show what its columns are taken for and what its rows would become. */
@Component
class MappingPreviews {
    private static final int PIECES = 4;
    private static final int SAMPLED = 6;
    private static final int ROWS = 10;
    private static final int LONGEST = 400;
    private static final int MOST_COLUMNS = 500;

    private final ImportRuns runs;
    private final Surveys surveys;

    MappingPreviews(ImportRuns runs, Surveys surveys) {
        this.runs = runs;
        this.surveys = surveys;
    }

    /**
     * The preview of a table that waits to be imported; empty where the file names its fields itself, or is none.
     *
     * @param survey to guess for anew; null takes what was said before, else the survey that fits best
     */
    Mono<MappingPreview> of(ImportRun run, Workspace workspace, @Nullable String survey) {
        if (run.state() != State.UPLOADED || run.kind() != ImportKind.RESPONSES || run.format() != Format.CSV) {
            return Mono.empty();
        }
        return Flux.range(0, PIECES)
                .concatMap(number -> runs.chunk(run.key(), number))
                .collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes)
                .map(ByteArrayOutputStream::toByteArray)
                .flatMap(beginning -> Mono.fromCallable(() -> rows(beginning))
                        .filter(rows -> !rows.isEmpty() && (run.mapping() != null || isForeign(rows.getFirst())))
                        .flatMap(rows -> Mono.zip(surveys.all(workspace.id()), asked(workspace))
                                .filter(found -> !found.getT2().isEmpty())
                                .map(found -> {
                                    var version = chosen(run, rows, found.getT2(), survey, workspace);
                                    var mapping = survey == null && run.mapping() != null
                                            ? run.mapping()
                                            : guess(rows, version, workspace);
                                    return preview(run, beginning, rows, mapping, version.definition(), found.getT1());
                                })));
    }

    private Mono<List<SurveyVersion>> asked(Workspace workspace) {
        return surveys.all(workspace.id())
                .flatMapIterable(all -> all)
                .map(Survey::surveyKey)
                .concatMap(key ->
                        surveys.latest(workspace.id(), key).onErrorResume(NotFound.class, unpublished -> Mono.empty()))
                .collectList();
    }

    private static SurveyVersion chosen(
            ImportRun run,
            List<List<String>> rows,
            List<SurveyVersion> versions,
            @Nullable String survey,
            Workspace workspace) {
        var mapping = run.mapping();
        var wanted = survey != null ? survey : mapping == null ? "" : mapping.survey();
        return versions.stream()
                .filter(version -> version.surveyKey().equals(wanted))
                .findFirst()
                .orElseGet(() -> versions.stream()
                        .max(Comparator.comparingLong(version -> GuessMapping.answers(guess(rows, version, workspace))))
                        .orElseThrow());
    }

    private static ResponseMapping guess(List<List<String>> rows, SurveyVersion version, Workspace workspace) {
        return GuessMapping.of(
                rows,
                version.surveyKey(),
                version.definition(),
                workspace.zone().getId());
    }

    /** Whether the file does not name the fields that imports know. */
    private static boolean isForeign(List<String> names) {
        return names.contains("id")
                || !names.containsAll(List.of("externalId", "survey", "answeredAt"))
                || names.stream().noneMatch(name -> name.startsWith(ResponseMapping.ANSWERS));
    }

    private static List<List<String>> rows(byte[] beginning) throws IOException {
        var rows = new ArrayList<List<String>>();
        try (var csv = new CsvRows(new ByteArrayInputStream(beginning))) {
            for (var row = csv.next(); row != null && rows.size() < SAMPLED; row = csv.next()) {
                if (row.problem() != null || row.cells().size() > MOST_COLUMNS) {
                    return List.of();
                }
                rows.add(row.cells());
            }
        }
        return rows;
    }

    private static MappingPreview preview(
            ImportRun run,
            byte[] beginning,
            List<List<String>> rows,
            ResponseMapping mapping,
            SurveyDefinition definition,
            List<Survey> surveys) {
        try (var lines = new MappedLines(new ByteArrayInputStream(beginning), mapping, definition)) {
            var names = lines.header();
            var first = lines.next();
            var whole = beginning.length < run.bytes() && first.size() > 1 ? first.subList(0, first.size() - 1) : first;
            var problems = whole.stream()
                    .map(line -> problem(line, mapping, definition))
                    .toList();
            var shown = new ArrayList<Row>();
            for (int at = 0; at < Math.min(ROWS, whole.size()); at++) {
                shown.add(new Row(
                        whole.get(at).number(),
                        problems.get(at).text(),
                        problems.get(at).problem()));
            }
            return new MappingPreview(
                    mapping,
                    surveys,
                    columns(rows, names, mapping),
                    Places.of(definition),
                    shown,
                    mapping.problem(),
                    whole.size(),
                    (int) problems.stream().filter(one -> one.problem() != null).count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<MappingPreview.Column> columns(
            List<List<String>> rows, List<String> names, ResponseMapping mapping) {
        var columns = new ArrayList<MappingPreview.Column>();
        var cells = rows.subList(Math.min(mapping.dialect().headings(), rows.size()), rows.size());
        for (int at = 0; at < names.size(); at++) {
            int column = at;
            var sample = cells.stream()
                    .map(row -> column < row.size() ? row.get(column).strip() : "")
                    .filter(cell -> !cell.isEmpty())
                    .distinct()
                    .limit(3)
                    .collect(Collectors.joining(" · "));
            columns.add(new MappingPreview.Column(
                    at,
                    names.get(at).strip(),
                    cut(sample, 80),
                    at < mapping.targets().size() ? mapping.targets().get(at) : ""));
        }
        return columns;
    }

    private record Found(String text, @Nullable Problem problem) {}

    private static Found problem(Line line, ResponseMapping mapping, SurveyDefinition definition) {
        if (line.fields() == null) {
            return new Found("", line.problem());
        }
        try {
            var past = PastResponse.of(line.fields());
            var problem = past.survey().equals(mapping.survey())
                    ? definition.check(past.answers()).problems().stream()
                            .findFirst()
                            .orElse(null)
                    : null;
            return new Found(text(past), problem);
        } catch (Problem problem) {
            return new Found(cut(line.fields().toString(), LONGEST), problem);
        }
    }

    /** What is kept of a row, without its id: when, about which order, and each answer beside its place. */
    private static String text(PastResponse past) {
        var parts = new ArrayList<String>();
        parts.add(past.answeredAt().toString());
        if (past.orderExternalId() != null) {
            parts.add(past.orderExternalId());
        }
        past.answers()
                .forEach((place, answer) ->
                        parts.add(place + ": " + (answer == null || answer.equals(List.of()) ? "–" : answer)));
        return cut(String.join(" · ", parts), LONGEST);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
