package dev.afterword.web.followup;

import dev.afterword.db.Fields;
import dev.afterword.db.NotFound;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.FollowUpReader;
import dev.afterword.db.followup.journey.FollowUpWriter;
import dev.afterword.db.followup.journey.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is being written of a follow-up, as JSON that can be changed piece by piece; {@link #definition} reads it again and refuses what is none. */
final class JourneyTree {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final ObjectNode root;
    private final Set<String> before;

    private JourneyTree(ObjectNode root, Set<String> before) {
        this.root = root;
        this.before = before;
    }

    /** A list of steps, and a place in it. */
    private record Spot(ArrayNode steps, int at) {
        ObjectNode step() {
            return (ObjectNode) steps.get(at);
        }
    }

    /** A list of steps with the name that {@link #moveInto} knows it by: empty for the journey itself, else as {@code which/late}. */
    record Way(String name, ArrayNode steps) {}

    static JourneyTree of(FollowUpDefinition definition) {
        return of(definition, Set.of());
    }

    /**
     * The same, to add something to it.
     *
     * @param before the keys that were ever published, as {@code which} and {@code which/late}: nothing new gets one of these, or it would stand for what is gone
     */
    static JourneyTree of(FollowUpDefinition definition, Set<String> before) {
        return new JourneyTree((ObjectNode) MAPPER.readTree(FollowUpWriter.write(definition)), before);
    }

    /** The follow-up as it stands now; what it cannot be is rejected with its path. */
    FollowUpDefinition definition() {
        return FollowUpReader.read(Fields.of(root));
    }

    ObjectNode root() {
        return root;
    }

    ObjectNode step(String key) {
        return spot(key).step();
    }

    /** The case or the arm of that key; null for the otherwise, which has nothing of its own. */
    @Nullable
    ObjectNode way(JourneyPlace place) {
        return ways(step(place.step()))
                .filter(way -> way.path("key").asString("").equals(place.way()))
                .findFirst()
                .orElse(null);
    }

    private Spot spot(String key) {
        return find(root.withArray("steps"), key).orElseThrow(() -> new NotFound("follow-up.place-unknown", key));
    }

    private static Optional<Spot> find(ArrayNode steps, String key) {
        for (int at = 0; at < steps.size(); at++) {
            if (steps.get(at).path("key").asString("").equals(key)) {
                return Optional.of(new Spot(steps, at));
            }
            for (var way : lists((ObjectNode) steps.get(at))) {
                var inside = find(way.steps(), key);
                if (inside.isPresent()) {
                    return inside;
                }
            }
        }
        return Optional.empty();
    }

    private static Stream<ObjectNode> ways(ObjectNode step) {
        return Stream.of("cases", "arms")
                .flatMap(name -> step.path(name).valueStream())
                .map(ObjectNode.class::cast);
    }

    /** The steps of each way that leads on from a step. */
    private static List<Way> lists(ObjectNode step) {
        var key = step.path("key").asString("");
        var lists = new ArrayList<Way>();
        ways(step).forEach(way -> lists.add(new Way(key + "/" + way.path("key").asString(""), way.withArray("steps"))));
        if (step.path("type").asString("").equals("branch")) {
            lists.add(new Way(key + "/" + Step.Branch.OTHERWISE, step.withArray("otherwise")));
        }
        return lists;
    }

    /** Every list of steps into which that step may be moved. */
    List<String> waysFor(String key) {
        var names = new ArrayList<String>();
        names.add("");
        collect(root.withArray("steps"), key, names);
        return names;
    }

    private static void collect(ArrayNode steps, String without, List<String> names) {
        steps.valueStream()
                .filter(step -> !step.path("key").asString("").equals(without))
                .forEach(step -> lists((ObjectNode) step).forEach(way -> {
                    names.add(way.name());
                    collect(way.steps(), without, names);
                }));
    }

    private ArrayNode list(String name) {
        if (name.isEmpty()) {
            return root.withArray("steps");
        }
        var key = name.substring(0, name.indexOf('/'));
        return lists(step(key)).stream()
                .filter(way -> way.name().equals(name))
                .map(Way::steps)
                .findFirst()
                .orElseThrow(() -> new NotFound("follow-up.place-unknown", name));
    }

    /** A new step behind the one that is shown, or first in the way or the whole that is shown. */
    JourneyPlace add(JourneyPlace behind, ObjectNode step) {
        var key = unused(step.path("type").asString(""), keys());
        step.put("key", key);
        if (behind.isStep()) {
            var spot = spot(behind.step());
            spot.steps().insert(spot.at() + 1, step);
        } else {
            list(behind.isWay() ? behind.step() + "/" + behind.way() : "").insert(0, step);
        }
        return JourneyPlace.step(key);
    }

    /** One more way of a branch or a split. */
    JourneyPlace addWay(String key, ObjectNode way) {
        var step = step(key);
        var split = step.path("type").asString("").equals("split");
        var taken = new HashSet<String>();
        ways(step).forEach(one -> taken.add(one.path("key").asString("")));
        var inside = key + "/";
        before.stream().filter(one -> one.startsWith(inside)).forEach(one -> taken.add(one.substring(inside.length())));
        var name = unused(split ? "way" : "case", taken);
        way.put("key", name);
        step.withArray(split ? "arms" : "cases").add(way);
        return JourneyPlace.way(key, name);
    }

    JourneyPlace deleteWay(JourneyPlace place) {
        var step = step(place.step());
        for (var name : List.of("cases", "arms")) {
            if (step.path(name) instanceof ArrayNode ways) {
                ways.removeIf(way -> way.path("key").asString("").equals(place.way()));
            }
        }
        return JourneyPlace.step(place.step());
    }

    /** Takes a step out, and what is in its ways; shows the one before it then. */
    JourneyPlace delete(String key) {
        var spot = spot(key);
        spot.steps().remove(spot.at());
        return spot.steps().isEmpty()
                ? JourneyPlace.WHOLE
                : JourneyPlace.step(
                        spot.steps().get(Math.max(0, spot.at() - 1)).path("key").stringValue());
    }

    /** One place up (-1) or down (1); over the edge of a way it comes out of it. */
    void move(String key, int by) {
        var spot = spot(key);
        int to = spot.at() + by;
        if (to >= 0 && to < spot.steps().size()) {
            spot.steps().insert(to, spot.steps().remove(spot.at()));
            return;
        }
        around(root.withArray("steps"), key).ifPresent(outside -> {
            var step = spot.steps().remove(spot.at());
            outside.steps().insert(outside.at() + (by > 0 ? 1 : 0), step);
        });
    }

    /** The step in one of whose ways that one is. */
    private static Optional<Spot> around(ArrayNode steps, String key) {
        for (int at = 0; at < steps.size(); at++) {
            for (var way : lists((ObjectNode) steps.get(at))) {
                var inside = way.steps()
                        .valueStream()
                        .anyMatch(step -> step.path("key").asString("").equals(key));
                var found = inside ? Optional.of(new Spot(steps, at)) : around(way.steps(), key);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** To the end of a list of steps that is named as in {@link #waysFor}. */
    void moveInto(String key, String way) {
        if (waysFor(key).contains(way)) {
            var spot = spot(key);
            var there = list(way);
            there.add(spot.steps().remove(spot.at()));
        }
    }

    private Set<String> keys() {
        var keys = new HashSet<>(before);
        collectKeys(root.withArray("steps"), keys);
        return keys;
    }

    private static void collectKeys(ArrayNode steps, Set<String> keys) {
        for (JsonNode step : steps) {
            keys.add(step.path("key").asString(""));
            lists((ObjectNode) step).forEach(way -> collectKeys(way.steps(), keys));
        }
    }

    /** The key, with a number behind it where it is used. */
    private static String unused(String key, Set<String> used) {
        var free = key;
        for (int number = 2; used.contains(free); number++) {
            free = key + "-" + number;
        }
        return free;
    }
}
