package dev.afterword.web.survey;

import dev.afterword.db.Fields;
import dev.afterword.db.NotFound;
import dev.afterword.db.survey.DefinitionReader;
import dev.afterword.db.survey.DefinitionWriter;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.QuestionType;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.SurveyGallery;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is being written of a survey, as JSON that can be changed piece by piece; {@link #definition} reads it again and refuses what is none. */
final class DraftTree {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    /** The keys that the product's own screens know. */
    private static final Map<QuestionType, String> KEYS = Map.of(
            QuestionType.NPS, "recommend",
            QuestionType.CSAT, "satisfaction",
            QuestionType.CES, "ease",
            QuestionType.LONG_TEXT, "comment");

    private final ObjectNode root;

    private DraftTree(ObjectNode root) {
        this.root = root;
    }

    static DraftTree of(SurveyDefinition definition) {
        return new DraftTree((ObjectNode) MAPPER.readTree(DefinitionWriter.write(definition)));
    }

    /** The survey as it stands now; what it cannot be is rejected with its path. */
    SurveyDefinition definition() {
        return DefinitionReader.read(Fields.of(root));
    }

    ObjectNode root() {
        return root;
    }

    /** The language that the survey is written in. */
    String language() {
        return languages().getFirst();
    }

    List<String> languages() {
        return root.path("languages").valueStream().map(JsonNode::stringValue).toList();
    }

    ArrayNode pages() {
        return root.withArray("pages");
    }

    ObjectNode page(String key) {
        return (ObjectNode) pages().get(index(pages(), key));
    }

    ObjectNode question(String key) {
        var questions = questionsAround(key);
        return (ObjectNode) questions.get(index(questions, key));
    }

    /** What the place shows. */
    ObjectNode at(Place place) {
        return place.isQuestion() ? question(place.key()) : place.isPage() ? page(place.key()) : root;
    }

    /** Where it stands, as problems name it. */
    String path(Place place) {
        for (int page = 0; page < pages().size(); page++) {
            if (place.isPage() && hasKey(pages().get(page), place.key())) {
                return "pages[" + page + "].";
            }
            var questions = pages().get(page).path("questions");
            for (int question = 0; question < questions.size(); question++) {
                if (place.isQuestion() && hasKey(questions.get(question), place.key())) {
                    return "pages[" + page + "].questions[" + question + "].";
                }
            }
        }
        return "";
    }

    private ArrayNode questionsAround(String key) {
        return pages().valueStream()
                .map(page -> page.withArray("questions"))
                .filter(questions -> questions.valueStream().anyMatch(question -> hasKey(question, key)))
                .findFirst()
                .orElseThrow(() -> new NotFound("survey.place-unknown", key));
    }

    private String pageOf(String question) {
        return pages().valueStream()
                .filter(page -> page.path("questions").valueStream().anyMatch(one -> hasKey(one, question)))
                .map(page -> page.path("key").stringValue())
                .findFirst()
                .orElseThrow(() -> new NotFound("survey.place-unknown", question));
    }

    private static int index(ArrayNode nodes, String key) {
        for (int at = 0; at < nodes.size(); at++) {
            if (hasKey(nodes.get(at), key)) {
                return at;
            }
        }
        throw new NotFound("survey.place-unknown", key);
    }

    private static boolean hasKey(JsonNode node, String key) {
        return key.equals(node.path("key").asString(""));
    }

    /** A new question of that type behind the place; scales that the field knows bring their usual words. */
    Place add(Place behind, QuestionType type) {
        var question = MAPPER.createObjectNode();
        var key = unused(KEYS.getOrDefault(type, type.code()), questionKeys());
        question.put("key", key).put("type", type.code());
        if (type == QuestionType.CONSENT) {
            question.put("purpose", "questions");
        }
        SurveyGallery.usual(type).ifPresent(usual -> words(question, usual));
        if (behind.isQuestion()) {
            var questions = questionsAround(behind.key());
            questions.insert(index(questions, behind.key()) + 1, question);
        } else {
            var page = behind.isPage() ? page(behind.key()) : (ObjectNode) pages().get(pages().size() - 1);
            page.withArray("questions").add(question);
        }
        return Place.question(key);
    }

    private void words(ObjectNode question, Question usual) {
        text(question, "text", usual.text().byLanguage());
        if (usual instanceof Question.Scale scale) {
            text(question, "low", scale.low().byLanguage());
            text(question, "high", scale.high().byLanguage());
        }
    }

    private void text(ObjectNode node, String member, Map<String, String> texts) {
        languages().forEach(language -> Texted.put(node, member, language, texts.getOrDefault(language, "")));
    }

    Place addPage(Place behind) {
        var keys = new HashSet<String>();
        pages().forEach(page -> keys.add(page.path("key").stringValue()));
        var page = MAPPER.createObjectNode();
        var key = unused("page-" + (pages().size() + 1), keys);
        page.put("key", key).putArray("questions");
        int at = behind.isQuestion()
                ? index(pages(), pageOf(behind.key())) + 1
                : behind.isPage() ? index(pages(), behind.key()) + 1 : pages().size();
        pages().insert(at, page);
        return Place.page(key);
    }

    Place duplicate(String key) {
        var questions = questionsAround(key);
        var copy = question(key).deepCopy();
        var name = unused(key, questionKeys());
        copy.put("key", name);
        questions.insert(index(questions, key) + 1, copy);
        return Place.question(name);
    }

    /** Takes a question out; shows the one before it then. */
    Place delete(String key) {
        var page = pageOf(key);
        var questions = questionsAround(key);
        int at = index(questions, key);
        questions.remove(at);
        return questions.isEmpty()
                ? Place.page(page)
                : Place.question(questions.get(Math.max(0, at - 1)).path("key").stringValue());
    }

    Place deletePage(String key) {
        pages().remove(index(pages(), key));
        if (pages().isEmpty()) {
            addPage(Place.SURVEY);
        }
        return Place.SURVEY;
    }

    /** One place up (-1) or down (1), over the edge of a page into the next one. */
    void step(String key, int by) {
        var page = pageOf(key);
        var questions = questionsAround(key);
        int at = index(questions, key) + by;
        if (at >= 0 && at < questions.size()) {
            move(key, page, at);
            return;
        }
        int next = index(pages(), page) + by;
        if (next >= 0 && next < pages().size()) {
            var there = pages().get(next);
            move(
                    key,
                    there.path("key").stringValue(),
                    by > 0 ? 0 : there.path("questions").size());
        }
    }

    void move(String key, String page, int at) {
        var questions = questionsAround(key);
        var question = questions.remove(index(questions, key));
        var there = page(page).withArray("questions");
        there.insert(Math.clamp(at, 0, there.size()), question);
    }

    void stepPage(String key, int by) {
        int at = index(pages(), key);
        if (at + by >= 0 && at + by < pages().size()) {
            pages().insert(at + by, pages().remove(at));
        }
    }

    /** Gives a question another key, also where conditions and texts name it. */
    void rename(String from, String to) {
        question(from).put("key", to);
        renamed("answer", from, to);
    }

    /** Lets conditions and texts name an answer or a variable by its other key. */
    void renamed(String kind, String from, String to) {
        var named = Pattern.compile("(" + kind + "\\.)" + Pattern.quote(from) + "(?![A-Za-z0-9_-])");
        rename(root, named, to);
    }

    private static void rename(JsonNode node, Pattern named, String to) {
        if (node instanceof ObjectNode object) {
            object.propertyNames().stream().toList().forEach(name -> {
                var value = object.get(name);
                if (value.isString()) {
                    object.put(name, renamed(name, value.stringValue(), named, to));
                } else {
                    rename(value, named, to);
                }
            });
        } else {
            node.forEach(child -> rename(child, named, to));
        }
    }

    private static String renamed(String member, String text, Pattern named, String to) {
        return member.equals("subject") || text.contains("{{")
                ? named.matcher(text).replaceAll("$1" + to)
                : text;
    }

    Set<String> questionKeys() {
        var keys = new HashSet<String>();
        pages().forEach(page ->
                page.path("questions").forEach(one -> keys.add(one.path("key").stringValue())));
        return keys;
    }

    /** The key, with a number behind it where it is used. */
    static String unused(String key, Set<String> used) {
        var free = key;
        for (int number = 2; used.contains(free); number++) {
            free = key + "-" + number;
        }
        return free;
    }
}
