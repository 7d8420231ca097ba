package dev.afterword.db.message;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Columns;
import dev.afterword.db.Transactions;
import dev.afterword.db.workspace.Purpose;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Gives mails their places in people's weeks, so that nobody gets more than the budget in any seven days. Where several want the same, the lower priority waits
 * until there is room, or is dropped when that would be too late.
 */
@Component
public class GivePlaces {
    private final Workspaces workspaces;
    private final ContactPolicies policies;
    private final TakenPlaces takenPlaces;
    private final DatabaseClient database;
    private final Transactions transactions;

    GivePlaces(
            Workspaces workspaces,
            ContactPolicies policies,
            TakenPlaces takenPlaces,
            DatabaseClient database,
            Transactions transactions) {
        this.workspaces = workspaces;
        this.policies = policies;
        this.takenPlaces = takenPlaces;
        this.database = database;
        this.transactions = transactions;
    }

    /** While planning: when each goes out, by send id; empty for one that finds no place in time. */
    public Mono<Map<UUID, Optional<Instant>>> plan(Workspace workspace, List<WantedPlace> wanted, Instant now) {
        return policies.find(workspace.id()).flatMap(policy -> {
            var most = policy.mostAWeek();
            if (most == null || wanted.isEmpty()) {
                return Mono.just(
                        wanted.stream().collect(Collectors.toMap(WantedPlace::sendId, one -> Optional.of(one.due()))));
            }
            return takenPlaces
                    .of(workspace.id(), addresses(wanted), first(wanted), last(wanted), now)
                    .map(taken -> places(Budget.aWeek(most), policy.hours(workspace), taken, wanted, true));
        });
    }

    /**
     * Just before they are sent: each of those that may go out now has its place from then on, whatever other workers do meanwhile; for the others when there
     * is room, empty where that is too late.
     */
    public Mono<Map<UUID, Optional<Instant>>> take(UUID workspaceId, Collection<UUID> sends, Instant now) {
        if (sends.isEmpty()) {
            return Mono.just(Map.of());
        }
        return Mono.zip(workspaces.findById(workspaceId), policies.find(workspaceId))
                .flatMap(found -> {
                    var most = found.getT2().mostAWeek();
                    return most == null
                            ? Mono.just(Map.<UUID, Optional<Instant>>of())
                            : transactions.run(wanted(found.getT1(), sends, now)
                                    .flatMap(wanted ->
                                            take(found.getT1(), found.getT2(), Budget.aWeek(most), wanted, now)));
                });
    }

    private Mono<Map<UUID, Optional<Instant>>> take(
            Workspace workspace, ContactPolicy policy, Budget budget, List<WantedPlace> wanted, Instant now) {
        var addresses = addresses(wanted);
        return lock(workspace.id(), addresses)
                .then(takenPlaces.of(workspace.id(), addresses, now, now, now))
                .flatMap(taken -> {
                    var places = places(budget, policy.hours(workspace), taken, wanted, false);
                    var at = places.entrySet().stream()
                            .filter(place ->
                                    place.getValue().filter(now::equals).isPresent())
                            .map(Map.Entry::getKey)
                            .toList();
                    var later = new HashMap<>(places);
                    at.forEach(later::remove);
                    return clear(workspace.id(), at, now).thenReturn(later);
                });
    }

    private Mono<List<WantedPlace>> wanted(Workspace workspace, Collection<UUID> sends, Instant now) {
        return database.sql("""
                        select s.id, c.address, s.priority, s.purpose, s.not_after, c.time_zone, coalesce(c.country, o.country) as country
                        from send s join contact c on c.workspace_id = $1 and c.id = s.contact_id
                        left join customer_order o on o.workspace_id = $1 and o.id = s.order_id
                        where s.workspace_id = $1 and s.id = any($2)
                        """)
                .bind(0, workspace.id())
                .bind(1, sends.toArray(UUID[]::new))
                .map((Readable row) -> new WantedPlace(
                        value(row, "id", UUID.class),
                        row.get("address", String.class),
                        value(row, "priority", Integer.class),
                        value(row, "purpose", String.class).equals(Purpose.SERVICE.code()),
                        now,
                        value(row, "not_after", Instant.class),
                        Locality.zone(
                                row.get("time_zone", String.class),
                                row.get("country", String.class),
                                workspace.zone())))
                .all()
                .collectList();
    }

    /**
     * Those with the lower number first, then by due time; each sees what went out, what goes first, and who got a place before it here.
     *
     * @param planning what is planned with the same priority keeps its place; just before sending only what goes first does, because two that are due would
     *     wait for one another
     */
    static Map<UUID, Optional<Instant>> places(
            Budget budget, AllowedHours hours, List<Taken> taken, List<WantedPlace> wanted, boolean planning) {
        var here = wanted.stream().map(WantedPlace::sendId).collect(Collectors.toSet());
        var given = new ArrayList<>(taken.stream()
                .filter(one -> !here.contains(one.sendId()) || one.gone())
                .toList());
        var places = new HashMap<UUID, Optional<Instant>>();
        for (var one : wanted.stream()
                .sorted(Comparator.comparingInt(WantedPlace::priority)
                        .thenComparing(WantedPlace::due)
                        .thenComparing(WantedPlace::sendId))
                .toList()) {
            var address = one.address();
            var others = given.stream()
                    .filter(other -> other.address().equals(address)
                            && !other.sendId().equals(one.sendId())
                            && (other.gone()
                                    || here.contains(other.sendId())
                                    || other.priority() < one.priority()
                                    || (planning && other.priority() == one.priority())))
                    .map(Taken::at)
                    .toList();
            var place = one.always() || address == null
                    ? Optional.of(one.due())
                    : budget.earliest(others, one.due(), one.notAfter(), at -> hours.next(at, one.zone()));
            places.put(one.sendId(), place);
            if (address != null) {
                place.ifPresent(at -> given.add(new Taken(address, one.sendId(), one.priority(), at, false)));
            }
        }
        return places;
    }

    /** One process at a time gives places to an address; in the order of their names, so that no two wait for one another. */
    private Mono<Void> lock(UUID workspaceId, Collection<String> addresses) {
        return database.sql("""
                        select pg_advisory_xact_lock(hashtextextended($1 || n.address, 0)) from (select a as address from unnest($2::text[]) a order by a) n
                        """)
                .bind(0, workspaceId.toString())
                .bind(1, addresses.toArray(String[]::new))
                .fetch()
                .all()
                .then();
    }

    private Mono<Void> clear(UUID workspaceId, List<UUID> sends, Instant now) {
        return database.sql(
                        "update send s set cleared_at = $3 from unnest($2::uuid[]) n(id) where s.workspace_id = $1 and s.id = n.id and s.state = 'leased'")
                .bind(0, workspaceId)
                .bind(1, Columns.array(sends, UUID.class, id -> id))
                .bind(2, now)
                .then();
    }

    private static List<String> addresses(List<WantedPlace> wanted) {
        return wanted.stream()
                .flatMap(one -> Stream.ofNullable(one.address()))
                .distinct()
                .toList();
    }

    private static Instant first(List<WantedPlace> wanted) {
        return Objects.requireNonNull(
                wanted.stream().map(WantedPlace::due).min(Instant::compareTo).orElse(null));
    }

    private static Instant last(List<WantedPlace> wanted) {
        return Objects.requireNonNull(wanted.stream()
                .map(WantedPlace::notAfter)
                .max(Instant::compareTo)
                .orElse(null));
    }
}
