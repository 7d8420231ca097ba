package dev.afterword.web.followup;

import java.util.regex.Pattern;

/**
 * What the editor of a follow-up shows in its middle: the whole, a step, or a way that leads on from one.
 *
 * @param kind whole, step or way
 * @param step its key; empty for the whole
 * @param way its key; empty for a step
 * @param language that a mail is shown in; empty for the workspace's
 */
record JourneyPlace(String kind, String step, String way, String language) {
    static final JourneyPlace WHOLE = new JourneyPlace("whole", "", "", "");
    private static final Pattern STEP = Pattern.compile("step:([a-z0-9-]+)(?:@([A-Za-z0-9-]+))?");
    private static final Pattern WAY = Pattern.compile("way:([a-z0-9-]+)/([a-z0-9-]+)");

    static JourneyPlace step(String key) {
        return new JourneyPlace("step", key, "", "");
    }

    static JourneyPlace way(String step, String way) {
        return new JourneyPlace("way", step, way, "");
    }

    /** Reads {@code step:hello}, {@code step:hello@de} or {@code way:which/late}; the whole for anything else. */
    static JourneyPlace parse(String text) {
        var step = STEP.matcher(text);
        if (step.matches()) {
            var language = step.group(2);
            return new JourneyPlace("step", step.group(1), "", language == null ? "" : language);
        }
        var way = WAY.matcher(text);
        return way.matches() ? way(way.group(1), way.group(2)) : WHOLE;
    }

    JourneyPlace in(String tag) {
        return new JourneyPlace(kind, step, way, tag);
    }

    public boolean isStep() {
        return kind.equals("step");
    }

    public boolean isWay() {
        return kind.equals("way");
    }

    public boolean isWhole() {
        return kind.equals("whole");
    }

    /** Whether it is that step, in whichever language. */
    public boolean isOf(String key) {
        return isStep() && step.equals(key);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case "step" -> "step:" + step + (language.isEmpty() ? "" : "@" + language);
            case "way" -> "way:" + step + "/" + way;
            default -> kind;
        };
    }
}
