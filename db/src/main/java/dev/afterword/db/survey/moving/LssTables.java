package dev.afterword.db.survey.moving;

import dev.afterword.db.Rejected;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The tables in a file of LimeSurvey; it writes its database out, row by row. Takes no document type and no entities. */
final class LssTables {
    private static final int DEEPEST = 30;
    private static final int ROWS = 50_000;
    private static final Set<String> TABLES = Set.of(
            "groups",
            "group_l10ns",
            "questions",
            "question_l10ns",
            "subquestions",
            "question_attributes",
            "answers",
            "answer_l10ns",
            "conditions",
            "defaultvalues",
            "quota",
            "surveys",
            "surveys_languagesettings");

    private final Map<String, List<Map<String, String>>> rows = new HashMap<>();
    private final List<String> languages = new ArrayList<>();
    private String kind = "";

    private LssTables() {}

    static LssTables read(byte[] file) {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("no entities");
        });
        var tables = new LssTables();
        try {
            var xml = factory.createXMLStreamReader(new ByteArrayInputStream(file));
            tables.read(xml);
        } catch (XMLStreamException e) {
            throw new Rejected(
                    "moving.broken-xml",
                    null,
                    e.getLocation() == null ? 1 : e.getLocation().getLineNumber());
        }
        if (!tables.kind.equals("Survey")) {
            throw tables.kind.isEmpty()
                    ? new Rejected("moving.kind-unknown", null)
                    : new Rejected("moving.lss-part", null, Findings.shown(tables.kind));
        }
        return tables;
    }

    private void read(XMLStreamReader xml) throws XMLStreamException {
        var path = new ArrayList<String>();
        var text = new StringBuilder();
        var row = new HashMap<String, String>();
        int count = 0;
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new Rejected("moving.document-type", null);
                case XMLStreamConstants.START_ELEMENT -> {
                    path.add(xml.getLocalName());
                    if (path.size() > DEEPEST) {
                        throw new Rejected("moving.too-deep", null, DEEPEST);
                    }
                    if (!path.getFirst().equals("document")) {
                        throw new Rejected("moving.kind-unknown", null);
                    }
                    text.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    if (path.size() == 4 && path.get(3).equals("row") && TABLES.contains(path.get(1))) {
                        if (++count > ROWS) {
                            throw new Rejected("moving.too-many-rows", null, ROWS);
                        }
                        rows.computeIfAbsent(path.get(1), _ -> new ArrayList<>())
                                .add(Map.copyOf(row));
                        row.clear();
                    } else {
                        value(path, text.toString(), row);
                    }
                    text.setLength(0);
                    path.removeLast();
                }
                default -> {}
            }
        }
    }

    private void value(List<String> path, String text, Map<String, String> row) {
        if (path.size() == 5 && path.get(3).equals("row") && TABLES.contains(path.get(1))) {
            row.put(path.get(4), text);
        } else if (path.size() == 2 && path.get(1).equals("LimeSurveyDocType")) {
            kind = text.strip();
        } else if (path.size() == 3 && path.get(1).equals("languages")) {
            languages.add(text.strip());
        }
    }

    List<String> languages() {
        return languages;
    }

    List<Map<String, String>> rows(String table) {
        return rows.getOrDefault(table, List.of());
    }

    /** The first row for each value of that column, in the order of another: older files have a row for each language. */
    List<Map<String, String>> distinct(String table, String id, String order) {
        var first = new LinkedHashMap<String, Map<String, String>>();
        rows(table).forEach(row -> first.putIfAbsent(row.getOrDefault(id, ""), row));
        return first.values().stream()
                .sorted(Comparator.comparingInt(row -> number(row, order)))
                .toList();
    }

    /** The rows by one of their columns. */
    Map<String, List<Map<String, String>>> by(String table, String column) {
        var found = new HashMap<String, List<Map<String, String>>>();
        rows(table)
                .forEach(row -> found.computeIfAbsent(row.getOrDefault(column, ""), _ -> new ArrayList<>())
                        .add(row));
        return found;
    }

    static int number(Map<String, String> row, String column) {
        var text = row.getOrDefault(column, "").strip();
        return text.matches("-?[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }
}
