package dev.afterword.web.start;

import dev.afterword.db.PhotoImage;
import dev.afterword.db.survey.moving.ReadForeignSurvey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.util.unit.DataSize;

/**
 * How much one request may bring, and how long that may take. Routes read less where they know what is right; this is what no request goes beyond, whatever becomes
 * of it.
 *
 * @param most bytes; {@link Long#MAX_VALUE} for a stream, which is read no faster than it is kept and never as a whole
 * @param time from the first byte to the last; of a stream, from one to the next
 * @param strangers whether who is not signed in may bring so much
 */
record BodyLimit(long most, Duration time, boolean strangers) {
    /** A form or a document: codecs say no at 1 MB, in their own words. */
    static final BodyLimit USUAL = new BodyLimit(megabytes(2), Duration.ofMinutes(1), true);

    static final BodyLimit STREAM = new BodyLimit(Long.MAX_VALUE, Duration.ofMinutes(1), true);
    private static final Duration UPLOAD = Duration.ofMinutes(15);
    private static final Map<Pattern, BodyLimit> TABLE = new LinkedHashMap<>();

    static {
        put("/api/v1/imports/[^/]*", STREAM);
        put("/api/v1/rewards/[^/]*/codes", STREAM);
        put("/api/v1/surveys/imports", new BodyLimit(ReadForeignSurvey.MOST_BYTES + megabytes(1), UPLOAD, true));
        put("/(f|c)/[^/]*", new BodyLimit(6L * PhotoImage.MOST_BYTES + megabytes(1), UPLOAD, true));
        put("/w/[^/]*/settings/import", new BodyLimit(megabytes(1024), Duration.ofHours(2), false));
        put("/w/[^/]*/settings/logo", new BodyLimit(megabytes(3), UPLOAD, false));
        put("/w/[^/]*/settings/rewards/[^/]*/codes", new BodyLimit(megabytes(100), UPLOAD, false));
        put("/w/[^/]*/new-survey/import", new BodyLimit(megabytes(11), UPLOAD, false));
        put("/w/[^/]*/inbox/[^/]*/replies", new BodyLimit(megabytes(17), UPLOAD, false));
    }

    private static void put(String path, BodyLimit limit) {
        TABLE.put(Pattern.compile(path), limit);
    }

    private static long megabytes(int count) {
        return DataSize.ofMegabytes(count).toBytes();
    }

    /** Of what is sent to a path. */
    static BodyLimit of(String path) {
        return TABLE.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(path).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(USUAL);
    }

    boolean isStream() {
        return most == Long.MAX_VALUE;
    }

    /** The same for who may wait no longer than that. */
    BodyLimit within(Duration patience) {
        return time.compareTo(patience) <= 0 ? this : new BodyLimit(most, patience, strangers);
    }
}
