package dev.afterword.db.inbox;

import dev.afterword.db.Key;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is added to a case.
 *
 * @param batchId what was changed in many cases at once, to be undone at once
 */
record Addition(
        Key caseKey,
        CaseEntry.Kind kind,
        @Nullable UUID staffId,
        String words,
        List<UUID> mentions,
        Map<String, CaseEntry.Change> change,
        @Nullable UUID batchId,
        @Nullable UUID sendId,
        @Nullable UUID incomingId,
        @Nullable UUID giftId) {

    static Addition said(Key caseKey, String words, @Nullable UUID incomingId) {
        return new Addition(
                caseKey, CaseEntry.Kind.SAID, null, words, List.of(), Map.of(), null, null, incomingId, null);
    }

    static Addition noted(Key caseKey, CaseEntry.Kind kind, @Nullable UUID staffId, String words, List<UUID> mentions) {
        return new Addition(caseKey, kind, staffId, words, mentions, Map.of(), null, null, null, null);
    }

    static Addition replied(Key caseKey, @Nullable UUID staffId, String words, UUID sendId) {
        return new Addition(
                caseKey, CaseEntry.Kind.REPLY, staffId, words, List.of(), Map.of(), null, sendId, null, null);
    }

    static Addition given(Key caseKey, @Nullable UUID staffId, String what, UUID giftId) {
        return new Addition(caseKey, CaseEntry.Kind.GIFT, staffId, what, List.of(), Map.of(), null, null, null, giftId);
    }

    static Addition changed(
            Key caseKey, @Nullable UUID staffId, @Nullable UUID batchId, Map<String, CaseEntry.Change> change) {
        return new Addition(caseKey, CaseEntry.Kind.CHANGE, staffId, "", List.of(), change, batchId, null, null, null);
    }
}
