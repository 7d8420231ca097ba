package dev.afterword.web.demo;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether, when and what a customer of the past answered when they were asked about an order. */
final class PastAnswer {
    private static final Map<String, List<String>> COMMENTS = comments();

    private final PastOrder order;
    private final Chance chance;
    private final double mood;

    PastAnswer(PastOrder order) {
        this.order = order;
        this.chance = Chance.of("answer " + order.externalId());
        var charm = order.articles().stream()
                .mapToDouble(PastOrder.Article::charm)
                .average()
                .orElse(0);
        var wait = order.late() ? 1.3 + 0.16 * Math.min(order.daysLate(), 8) : 0;
        this.mood = 0.75 + order.person().mood() + charm - wait + chance.normal(0, 0.75);
    }

    /** How long after the ask the answer came, if it did; half a day on average. */
    Duration delay() {
        return minutes(Chance.of("delay " + order.externalId()).exponential(700) + 2);
    }

    /** Those who are very pleased or very disappointed answer more readily. */
    boolean answersAtOnce() {
        return Chance.of("at once " + order.externalId()).happens(0.30 + 0.07 * Math.min(Math.abs(mood - 0.4), 2.5));
    }

    boolean answersTheReminder() {
        return Chance.of("reminded " + order.externalId()).happens(0.17);
    }

    boolean isWholeAnswer() {
        return !Chance.of("whole " + order.externalId()).happens(0.08);
    }

    /** The answers by question, some of them only the first. */
    Map<String, Object> answers() {
        var answers = new HashMap<String, Object>();
        answers.put("recommend", clamp(Math.round(6.6 + 1.9 * mood), 0, 10));
        if (!isWholeAnswer()) {
            return answers;
        }
        answers.put("satisfaction", clamp(Math.round(3.5 + 0.8 * mood), 1, 5));
        answers.put("ease", clamp(Math.round(5.1 + 0.9 * mood + chance.normal(0, 0.6)), 1, 7));
        var about = about();
        if (chance.happens("good".equals(about) ? 0.34 : "fine".equals(about) ? 0.25 : 0.6)) {
            answers.put(
                    "comment", chance.of(COMMENTS.getOrDefault(order.person().language() + " " + about, List.of(""))));
        }
        return answers;
    }

    private String about() {
        if (order.late() && mood < 0.9) {
            return "late";
        }
        return mood > 0.9 ? "good" : mood > -0.5 ? "fine" : "bad";
    }

    private static int clamp(long value, int least, int most) {
        return Math.clamp(value, least, most);
    }

    private static Duration minutes(double minutes) {
        return Duration.ofSeconds(Math.round(minutes * 60));
    }

    private static Map<String, List<String>> comments() {
        var sheet = Sheet.read("comments.tsv");
        return sheet.rows().stream()
                .collect(Collectors.groupingBy(
                        row -> sheet.value(row, "language") + " " + sheet.value(row, "about"),
                        Collectors.mapping(row -> sheet.value(row, "text"), Collectors.toList())));
    }
}
