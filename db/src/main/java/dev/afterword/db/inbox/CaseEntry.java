package dev.afterword.db.inbox;

import dev.afterword.db.Key;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a case; it is added and never changed.
 *
 * @param staffId null for the customer, and for what happened by itself
 * @param staffName as they are called now
 * @param mentions who is to look at a note
 * @param change what was changed, by name; empty for anything else
 * @param sendId the mail that went out
 * @param sendState how far that has come
 * @param by how the customer said it: by mail, or on the page of the case by the link that was shown when it was opened, or by that of a mail: mail, opened or
 *     mailed; null where nobody can tell
 */
public record CaseEntry(
        Key key,
        UUID caseId,
        Kind kind,
        @Nullable UUID staffId,
        @Nullable String staffName,
        String words,
        List<UUID> mentions,
        Map<String, Change> change,
        @Nullable UUID sendId,
        @Nullable String sendState,
        @Nullable String by,
        Instant at) {
    public CaseEntry {
        mentions = List.copyOf(mentions);
        change = Map.copyOf(change);
    }

    /** What stood there, and what stands there now; empty for nothing. */
    public record Change(String from, String to) {}

    /** What can happen. */
    public enum Kind {
        /** The customer said something. */
        SAID,
        /** We answered by mail. */
        REPLY,
        /** For ourselves. */
        NOTE,
        /** Somebody called, or was called. */
        CALL,
        CHANGE,
        /** Goodwill was given. */
        GIFT;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }
}
