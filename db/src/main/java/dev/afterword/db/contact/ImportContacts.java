package dev.afterword.db.contact;

import dev.afterword.db.Batches;
import dev.afterword.db.LineResult;
import dev.afterword.db.Problem;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes in contacts, many at once. */
@Component
public class ImportContacts {
    private final ContactStore store;
    private final Batches batches;
    private final Clock clock;

    ImportContacts(ContactStore store, Batches batches, Clock clock) {
        this.store = store;
        this.batches = batches;
        this.clock = clock;
    }

    /** Writes at most 500 contacts in one transaction; one result for each, in order. */
    public Mono<List<LineResult>> write(UUID workspaceId, List<ContactData> contacts) {
        return batches.write(contacts, batch -> work(workspaceId, batch));
    }

    private Mono<List<LineResult>> work(UUID workspaceId, List<ContactData> batch) {
        return store.lock(workspaceId, batch, List.of(), clock.instant()).flatMap(known -> {
            var results = batch.stream().map(data -> take(known, data)).toList();
            return store.write(known, true).thenReturn(results);
        });
    }

    private static LineResult take(KnownContacts known, ContactData data) {
        try {
            int there = known.size();
            var taken = known.take(data, null, data.updatedAt());
            return known.size() > there ? LineResult.CREATED : LineResult.updated(taken.changed());
        } catch (Problem problem) {
            return LineResult.failed(problem);
        }
    }
}
