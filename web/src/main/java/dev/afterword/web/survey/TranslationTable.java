package dev.afterword.web.survey;

import dev.afterword.db.Rejected;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Texts as a CSV table with the columns key, source and target. */
final class TranslationTable {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setHeader("key", "source", "target").get();
    private static final CSVFormat READ = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .get();

    private TranslationTable() {}

    static String write(List<Translations.Entry> entries) {
        var out = new StringWriter();
        try (var printer = new CSVPrinter(out, FORMAT)) {
            for (var entry : entries) {
                printer.printRecord(entry.key(), defused(entry.source()), defused(entry.target()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /** A spreadsheet takes what begins so for a formula; an apostrophe before it says that it is none. */
    private static String defused(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    /** The targets by key; otherwise {@code survey.translations-unreadable}. */
    static Map<String, String> read(String csv) {
        var texts = new HashMap<String, String>();
        try (var parser = READ.parse(new StringReader(csv.startsWith("\uFEFF") ? csv.substring(1) : csv))) {
            if (!parser.getHeaderNames().containsAll(List.of("key", "target"))) {
                throw new Rejected("survey.translations-unreadable", "csv");
            }
            for (var line : parser) {
                if (line.isSet("key") && line.isSet("target")) {
                    texts.put(line.get("key"), undone(line.get("target")));
                }
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new Rejected("survey.translations-unreadable", "csv");
        }
        return texts;
    }

    private static String undone(String text) {
        return text.length() > 1 && text.charAt(0) == '\'' && "=+-@\t\r".indexOf(text.charAt(1)) >= 0
                ? text.substring(1)
                : text;
    }
}
