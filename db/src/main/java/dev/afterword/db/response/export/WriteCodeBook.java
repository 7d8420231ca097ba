package dev.afterword.db.response.export;

import dev.afterword.db.workspace.Workspace;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes what the columns and codes of a survey's exports mean, as CSV: every wording that was ever asked, with the versions that asked it so. */
@Component
public class WriteCodeBook {
    private final AskedVersions versions;

    WriteCodeBook(AskedVersions versions) {
        this.versions = versions;
    }

    /** The code book of the survey of that key; otherwise {@code survey.unknown}. */
    public Mono<byte[]> write(Workspace workspace, String survey, boolean byteOrderMark) {
        return versions.of(workspace.id(), survey)
                .map(asked -> csv(CodeBook.of(asked), byteOrderMark).getBytes(StandardCharsets.UTF_8));
    }

    private static String csv(CodeBook book, boolean byteOrderMark) {
        var text = new StringWriter();
        if (byteOrderMark) {
            text.write('\ufeff');
        }
        try (var csv = CSVFormat.RFC4180.print(text)) {
            csv.printRecord(Stream.concat(
                    Stream.of("column", "type", "required", "repeated", "code", "least", "most", "about", "versions"),
                    book.languages().stream().map(language -> "text." + language)));
            for (var line : book.lines().entrySet()) {
                var entry = line.getKey();
                var cells = new ArrayList<>(List.of(
                        entry.column(),
                        entry.type(),
                        entry.required(),
                        entry.repeated(),
                        entry.code(),
                        entry.least(),
                        entry.most(),
                        entry.about(),
                        ranges(line.getValue())));
                book.languages()
                        .forEach(language -> cells.add(entry.text().byLanguage().getOrDefault(language, "")));
                csv.printRecord(cells.stream().map(CsvFile::harmless));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Numbers in words, as “1–3, 5”. */
    static String ranges(List<Integer> numbers) {
        var sorted = numbers.stream().sorted().distinct().toList();
        var ranges = new ArrayList<String>();
        for (int at = 0; at < sorted.size(); at++) {
            int first = sorted.get(at);
            while (at + 1 < sorted.size() && sorted.get(at + 1) == sorted.get(at) + 1) {
                at++;
            }
            int last = sorted.get(at);
            ranges.add(first == last ? Integer.toString(first) : first + "–" + last);
        }
        return String.join(", ", ranges);
    }
}
