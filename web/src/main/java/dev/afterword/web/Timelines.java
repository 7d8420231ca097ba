package dev.afterword.web;

import dev.afterword.db.Cursor;
import dev.afterword.db.contact.Timeline;
import dev.afterword.db.contact.TimelineEntry;
import dev.afterword.db.followup.FollowUps;
import dev.afterword.db.message.SendEntry;
import dev.afterword.db.response.ResponseEntry;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A customer's story as {@code fragments/timeline} shows it: three statements more than its sources have, whatever its length. */
@Component
public class Timelines {
    private final Timeline timeline;
    private final AskedQuestions asked;
    private final FollowUps followUps;

    Timelines(Timeline timeline, AskedQuestions asked, FollowUps followUps) {
        this.timeline = timeline;
        this.asked = asked;
        this.followUps = followUps;
    }

    /** A page of it, from the cursor backwards in time; null for the latest. */
    public Mono<TimelineView> of(Signed signed, UUID contactId, @Nullable Cursor cursor, int size) {
        return timeline.of(signed.key(contactId), cursor, size)
                .flatMap(page -> views(signed, page.items())
                        .map(views -> new TimelineView(
                                signed.path("/customers/" + contactId), views, cursor == null, page.next())));
    }

    private Mono<List<EntryView>> views(Signed signed, List<TimelineEntry> entries) {
        var versions = entries.stream()
                .filter(ResponseEntry.class::isInstance)
                .map(entry -> ((ResponseEntry) entry).versionId())
                .toList();
        var followUpIds = entries.stream()
                .filter(SendEntry.class::isInstance)
                .map(entry -> ((SendEntry) entry).followUpId())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        var workspace = signed.workspace().id();
        return Mono.zip(asked.of(workspace, versions), followUps.named(workspace, followUpIds))
                .map(known -> entries.stream()
                        .map(entry -> EntryView.of(signed, entry, known.getT1(), known.getT2()))
                        .toList());
    }
}
