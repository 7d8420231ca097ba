package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.message.attachment.AttachedFile;
import dev.afterword.db.message.attachment.Attachment;
import dev.afterword.db.message.attachment.Attachments;
import io.r2dbc.spi.Readable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What came with the mails of cases and went out with their answers, entry by entry. */
@Repository
public class CaseFiles {
    private final Cases cases;
    private final Attachments attachments;
    private final DatabaseClient database;

    CaseFiles(Cases cases, Attachments attachments, DatabaseClient database) {
        this.cases = cases;
        this.attachments = attachments;
        this.database = database;
    }

    /** Those of a case and of those that go on in it, by entry. */
    public Mono<Map<UUID, List<Attachment>>> of(Key caseKey) {
        return cases.whole(caseKey).flatMap(whole -> of(caseKey.workspaceId(), whole));
    }

    Mono<Map<UUID, List<Attachment>>> of(UUID workspaceId, List<UUID> cases) {
        return entries(workspaceId, cases)
                .flatMap(entries -> attachments
                        .of(workspaceId, List.copyOf(entries.keySet()))
                        .map(files -> files.stream()
                                .collect(Collectors.groupingBy(
                                        file -> entries.getOrDefault(file.messageId(), file.messageId()),
                                        LinkedHashMap::new,
                                        Collectors.toList()))));
    }

    /** The entry of each mail that was heard or sent. */
    private Mono<Map<UUID, UUID>> entries(UUID workspaceId, List<UUID> cases) {
        return database.sql("""
                        select coalesce(e.incoming_id, e.send_id) as message_id, e.id from case_entry e
                        where e.workspace_id = $1 and e.case_id = any($2) and e.kind in ('said', 'reply') and coalesce(e.incoming_id, e.send_id) is not null
                        """)
                .bind(0, workspaceId)
                .bind(1, cases.toArray(UUID[]::new))
                .map((Readable row) -> Map.entry(value(row, "message_id", UUID.class), value(row, "id", UUID.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** One that belongs to a case; otherwise {@code attachment.unknown}. */
    public Mono<AttachedFile> file(Key key) {
        return attachments
                .file(key)
                .filterWhen(file -> database.sql("""
                        select 1 from case_entry e where e.workspace_id = $1 and (e.incoming_id = $2 or e.send_id = $2) limit 1
                        """)
                        .bind(0, key.workspaceId())
                        .bind(1, file.attachment().messageId())
                        .mapValue(Integer.class)
                        .one()
                        .hasElement())
                .switchIfEmpty(Mono.error(() -> new NotFound("attachment.unknown")));
    }

    /** One of these cases; otherwise {@code attachment.unknown}. */
    Mono<AttachedFile> file(UUID workspaceId, List<UUID> cases, UUID id) {
        return entries(workspaceId, cases)
                .map(Map::keySet)
                .flatMap((Set<UUID> messages) -> attachments
                        .file(new Key(workspaceId, id))
                        .filter(file -> messages.contains(file.attachment().messageId())))
                .switchIfEmpty(Mono.error(() -> new NotFound("attachment.unknown")));
    }
}
