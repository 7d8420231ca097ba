package dev.afterword.db.followup;

import dev.afterword.db.followup.Rehearsal.Outcome;
import dev.afterword.db.followup.journey.Step;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What would have happened in a dry run.
 *
 * @param begun journeys that would have begun
 * @param mails that would have gone out
 * @param people who would have got one
 * @param byHour of the day in the workspace's zone, 24 numbers
 * @param byStep mails by the step's key
 * @param leftOut messages that would not have gone out, by the code of the reason, the most frequent first
 * @param several contacts who would have got two or more, reminders apart, those with the most first; at most twenty
 * @param severalPeople how many they are in all
 * @param cut whether there were more beginnings than it looks at
 */
public record Rehearsed(
        Instant from,
        Instant until,
        int begun,
        int mails,
        int people,
        List<Integer> byHour,
        Map<String, Integer> byStep,
        List<Map.Entry<String, Integer>> leftOut,
        List<Several> several,
        int severalPeople,
        boolean cut) {
    private static final int SHOWN = 20;

    /** Somebody who would have got several. */
    public record Several(UUID contactId, @Nullable String name, int mails) {}

    static Rehearsed of(
            Instant from, Instant until, List<Traveller> begun, List<Outcome> outcomes, ZoneId zone, boolean cut) {
        var sent = outcomes.stream().filter(one -> one.reason() == null).toList();
        var hours = new int[24];
        var steps = new TreeMap<String, Integer>();
        var people = new HashMap<UUID, Integer>();
        for (var one : sent) {
            hours[one.at().atZone(zone).getHour()]++;
            steps.merge(one.step().key(), 1, Integer::sum);
            people.merge(one.traveller().contactId(), 1, Integer::sum);
        }
        var reasons = new TreeMap<String, Integer>();
        outcomes.forEach(one -> {
            var reason = one.reason();
            if (reason != null) {
                reasons.merge(reason.code(), 1, Integer::sum);
            }
        });
        var apart = new HashMap<UUID, Integer>();
        sent.stream()
                .filter(one -> !(one.step() instanceof Step.Remind))
                .forEach(one -> apart.merge(one.traveller().contactId(), 1, Integer::sum));
        var several =
                apart.entrySet().stream().filter(one -> one.getValue() > 1).toList();
        return new Rehearsed(
                from,
                until,
                begun.size(),
                sent.size(),
                people.size(),
                IntStream.of(hours).boxed().toList(),
                steps,
                reasons.entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                        .toList(),
                several.stream()
                        .sorted(Map.Entry.<UUID, Integer>comparingByValue().reversed())
                        .limit(SHOWN)
                        .map(one -> new Several(one.getKey(), null, one.getValue()))
                        .toList(),
                several.size(),
                cut);
    }

    /** The same, with names. */
    Rehearsed named(Map<UUID, String> names) {
        return new Rehearsed(
                from,
                until,
                begun,
                mails,
                people,
                byHour,
                byStep,
                leftOut,
                several.stream()
                        .map(one -> new Several(one.contactId(), names.get(one.contactId()), one.mails()))
                        .toList(),
                severalPeople,
                cut);
    }
}
