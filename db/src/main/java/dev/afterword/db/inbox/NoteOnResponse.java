package dev.afterword.db.inbox;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.inbox.notice.Notice;
import dev.afterword.db.inbox.notice.NoticeKind;
import dev.afterword.db.inbox.notice.StaffNotices;
import dev.afterword.db.response.ListedResponses;
import dev.afterword.db.response.topic.ResponseNotes;
import java.util.Collection;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes a note about an answer, and tells those whom it is to reach: so an answer is shared inside. */
@Component
public class NoteOnResponse {
    private final ListedResponses responses;
    private final ResponseNotes notes;
    private final StaffNotices notices;
    private final DatabaseTime time;
    private final Transactions transactions;

    NoteOnResponse(
            ListedResponses responses,
            ResponseNotes notes,
            StaffNotices notices,
            DatabaseTime time,
            Transactions transactions) {
        this.responses = responses;
        this.notes = notes;
        this.notices = notices;
        this.time = time;
        this.transactions = transactions;
    }

    /** Who may not see customers is told nothing. Otherwise {@code response.not-found} or {@code note.words-length}. */
    public Mono<Void> write(Key response, UUID staffId, String words, Collection<UUID> mentions) {
        return responses
                .find(response)
                .then(time.now())
                .flatMap(now -> transactions.run(notes.add(response, staffId, words, mentions, now)
                        .flatMap(note -> notices.plan(
                                response.workspaceId(),
                                mentions.stream()
                                        .distinct()
                                        .map(whom -> new Notice(
                                                NoticeKind.SHARED,
                                                response.id(),
                                                note.toString(),
                                                note,
                                                null,
                                                whom,
                                                staffId))
                                        .toList(),
                                now))));
    }
}
