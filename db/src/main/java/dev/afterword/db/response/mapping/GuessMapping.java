package dev.afterword.db.response.mapping;

import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.Texts;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Guesses what the columns of a table are from their names; somebody looks at it before anything is imported. */
public final class GuessMapping {
    private static final Pattern ZONE = Pattern.compile("\"timeZone\"\\s*:\\s*\"([A-Za-z_/+\\-0-9]{1,60})\"");
    private static final Pattern IN_BRACKETS = Pattern.compile(".*\\[(answers\\.[^\\]]+)]$", Pattern.DOTALL);
    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("externalid", "externalId"),
            Map.entry("id", "externalId"),
            Map.entry("responseid", "externalId"),
            Map.entry("surveyresponseid", "externalId"),
            Map.entry("answeredat", "answeredAt"),
            Map.entry("recordeddate", "answeredAt"),
            Map.entry("enddate", "answeredAt"),
            Map.entry("submitdate", "answeredAt"),
            Map.entry("submittedat", "answeredAt"),
            Map.entry("completedat", "answeredAt"),
            Map.entry("createdat", "answeredAt"),
            Map.entry("responsedate", "answeredAt"),
            Map.entry("timestamp", "answeredAt"),
            Map.entry("date", "answeredAt"),
            Map.entry("datestamp", "answeredAt"),
            Map.entry("askedat", "askedAt"),
            Map.entry("sentat", "askedAt"),
            Map.entry("language", "language"),
            Map.entry("userlanguage", "language"),
            Map.entry("startlanguage", "language"),
            Map.entry("locale", "language"),
            Map.entry("orderexternalid", "order.externalId"),
            Map.entry("orderid", "order.externalId"),
            Map.entry("ordernumber", "order.externalId"),
            Map.entry("order", "order.externalId"));
    /** These may stand in several columns: the first that says something counts, of ids the last. */
    private static final Set<String> SEVERAL = Set.of("externalId", "answeredAt");

    private GuessMapping() {}

    /**
     * A mapping to that survey.
     *
     * @param rows the first rows of the table, at most three
     * @param zone IANA; of times that name none, unless the table says another
     */
    public static ResponseMapping of(List<List<String>> rows, String survey, SurveyDefinition definition, String zone) {
        var dialect = Dialect.recognise(rows);
        var names = dialect.names(rows);
        var places = byName(definition);
        var taken = new HashSet<String>();
        var targets = new ArrayList<String>();
        for (int at = 0; at < names.size(); at++) {
            var target = target(dialect, names.get(at), places);
            if (target.isEmpty() && dialect == Dialect.QUALTRICS) {
                target = places.getOrDefault(
                        normal(at < rows.get(1).size() ? rows.get(1).get(at) : ""), "");
            }
            targets.add(target.isEmpty() || taken.add(target) || SEVERAL.contains(target) ? target : "");
        }
        return new ResponseMapping(
                dialect, survey, dialect == Dialect.QUALTRICS ? zone(rows.get(2), zone) : zone, targets);
    }

    /** How many columns it found an answer's place for; the better guess of several surveys has more. */
    public static long answers(ResponseMapping mapping) {
        return mapping.targets().stream()
                .filter(target -> target.startsWith(ResponseMapping.ANSWERS))
                .count();
    }

    private static String target(Dialect dialect, String name, Map<String, String> places) {
        var bracketed = IN_BRACKETS.matcher(name.strip());
        var plain = bracketed.matches() ? bracketed.group(1) : name.strip();
        if (dialect == Dialect.AFTERWORD) {
            return plain.startsWith(ResponseMapping.ANSWERS)
                    ? plain
                    : plain.equals("id") ? "externalId" : ResponseMapping.FIELDS.contains(plain) ? plain : "";
        }
        var place = places.get(normal(plain));
        return place == null ? FIELDS.getOrDefault(normal(plain), "") : place;
    }

    /** Where an answer stands, by all the names that a column of it may have. */
    private static Map<String, String> byName(SurveyDefinition definition) {
        var byName = new HashMap<String, String>();
        for (var question : definition.questions()) {
            var key = question.key();
            var target = ResponseMapping.ANSWERS + key;
            switch (question) {
                case Question.Matrix matrix ->
                    matrix.rows().forEach(row -> part(byName, key, row, target + "." + row.key()));
                case Question.Ranking ranking -> {
                    whole(byName, question, target);
                    ranking.options().forEach(option -> part(byName, key, option, target + "." + option.key()));
                }
                case Question.MultipleChoice multiple -> {
                    whole(byName, question, target);
                    multiple.options().forEach(option -> part(byName, key, option, target + "=" + option.key()));
                    byName.putIfAbsent(normal(key + Option.OTHER), target + "." + Option.OTHER);
                }
                case Question.SingleChoice _ -> {
                    whole(byName, question, target);
                    byName.putIfAbsent(normal(key + Option.OTHER), target + "." + Option.OTHER);
                }
                case Question.Statement _ -> {}
                case Question.Scale _, Question.Typed _, Question.Figure _, Question.Date _, Question.Consent _ ->
                    whole(byName, question, target);
            }
        }
        first(definition, Question.Scale.class)
                .ifPresent(
                        target -> List.of("score", "nps", "rating").forEach(name -> byName.putIfAbsent(name, target)));
        first(definition, Question.LongText.class)
                .ifPresent(target ->
                        List.of("comment", "comments", "feedback").forEach(name -> byName.putIfAbsent(name, target)));
        return byName;
    }

    private static void whole(Map<String, String> byName, Question question, String target) {
        byName.putIfAbsent(normal(question.key()), target);
        byName.putIfAbsent(normal(target), target);
        texts(byName, question.text(), target);
    }

    private static void part(Map<String, String> byName, String key, Option option, String target) {
        byName.putIfAbsent(normal(key + option.key()), target);
        byName.putIfAbsent(normal(target), target);
        texts(byName, option.text(), target);
    }

    private static void texts(Map<String, String> byName, Texts texts, String target) {
        texts.byLanguage().values().stream()
                .map(GuessMapping::normal)
                .filter(name -> !name.isEmpty())
                .forEach(name -> byName.putIfAbsent(name, target));
    }

    private static Optional<String> first(SurveyDefinition definition, Class<? extends Question> type) {
        return definition.questions().stream()
                .filter(type::isInstance)
                .findFirst()
                .map(question -> ResponseMapping.ANSWERS + question.key());
    }

    private static String zone(List<String> described, String otherwise) {
        return described.stream()
                .map(ZONE::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .filter(ZoneId.getAvailableZoneIds()::contains)
                .findFirst()
                .orElse(otherwise);
    }

    /** A name without what people write differently: case, blanks and signs. */
    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("\\(utc\\)$|[^\\p{L}\\p{N}]", "");
    }
}
