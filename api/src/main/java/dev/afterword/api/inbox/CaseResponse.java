package dev.afterword.api.inbox;

import dev.afterword.db.inbox.Case;
import dev.afterword.db.inbox.CaseEntry;
import dev.afterword.db.inbox.ListedCase;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A case.
 *
 * @param version to send along with a change, so that the second of two who change it is told
 * @param priority 1 urgent to 4 low
 */
@Schema(name = "Case")
record CaseResponse(
        UUID id,
        int version,
        String kind,
        String subject,
        @Nullable UUID contact,
        @Nullable UUID order,
        @Nullable UUID response,
        String source,
        String status,
        int priority,
        @Nullable UUID owner,
        @Nullable String team,
        @Nullable Instant firstDueAt,
        @Nullable Instant solveDueAt,
        @Nullable Instant firstAnsweredAt,
        @Nullable Instant snoozedUntil,
        @Nullable Instant closedAt,
        @Nullable UUID mergedInto,
        @Nullable String rootCause,
        @Nullable String topic,
        Instant openedAt,
        Instant latestAt,
        @Nullable List<Entry> entries) {
    static CaseResponse of(Case found, @Nullable List<CaseEntry> entries) {
        var cause = found.rootCause();
        return new CaseResponse(
                found.key().id(),
                found.version(),
                found.kind().code(),
                found.subject(),
                found.contactId(),
                found.orderId(),
                found.responseId(),
                found.source(),
                found.status().code(),
                found.priority(),
                found.ownerId(),
                found.team(),
                found.firstDueAt(),
                found.solveDueAt(),
                found.firstAnsweredAt(),
                found.snoozedUntil(),
                found.closedAt(),
                found.mergedInto(),
                cause == null ? null : cause.code(),
                found.topic(),
                found.openedAt(),
                found.latestAt(),
                entries == null ? null : entries.stream().map(Entry::of).toList());
    }

    /** Something that happened in a case. */
    @Schema(name = "CaseEntry")
    record Entry(
            UUID id,
            String kind,
            @Nullable UUID staff,
            String words,
            List<UUID> mentions,
            Map<String, Change> change,
            @Nullable UUID send,
            @Nullable String sendState,
            Instant at) {
        static Entry of(CaseEntry entry) {
            return new Entry(
                    entry.key().id(),
                    entry.kind().code(),
                    entry.staffId(),
                    entry.words(),
                    entry.mentions(),
                    entry.change().entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, one -> Change.of(one.getValue()))),
                    entry.sendId(),
                    entry.sendState(),
                    entry.at());
        }
    }

    /** What stood there, and what stands there now; empty for nothing. */
    @Schema(name = "CaseChange")
    record Change(String from, String to) {
        static Change of(CaseEntry.Change change) {
            return new Change(change.from(), change.to());
        }
    }

    /** A page of cases, the latest first. */
    @Schema(name = "Cases")
    record Page(List<CaseResponse> items, @Nullable String next) {
        static Page of(List<ListedCase> listed, @Nullable String next) {
            return new Page(
                    listed.stream()
                            .map(one -> CaseResponse.of(one.item(), null))
                            .toList(),
                    next);
        }
    }
}
