package dev.afterword.db.inbox;

import dev.afterword.db.Key;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is added to a case. */
record Addition(
        Key caseKey,
        CaseEntry.Kind kind,
        @Nullable UUID staffId,
        String words,
        List<UUID> mentions,
        Map<String, String> change,
        @Nullable UUID sendId,
        @Nullable UUID incomingId,
        @Nullable UUID giftId) {

    static Addition said(Key caseKey, String words, @Nullable UUID incomingId) {
        return new Addition(caseKey, CaseEntry.Kind.SAID, null, words, List.of(), Map.of(), null, incomingId, null);
    }

    static Addition changed(Key caseKey, @Nullable UUID staffId, Map<String, String> change) {
        return new Addition(caseKey, CaseEntry.Kind.CHANGE, staffId, "", List.of(), change, null, null, null);
    }
}
