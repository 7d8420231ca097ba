package dev.afterword.web.demo;

import dev.afterword.db.Key;
import dev.afterword.db.followup.EnableFollowUp;
import dev.afterword.db.followup.FollowUps;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.workspace.ApiKeys;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.Passwords;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Staff;
import dev.afterword.db.workspace.StaffMembers;
import dev.afterword.db.workspace.Workspace;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Opens the demo's shop a year ago, with its owner, its key and its follow-up switched on, and lets it live until now. */
@Component
class DemoShop {
    static final String OWNER = "owner@cedar-salt.example";

    private final OpenWorkspace openWorkspace;
    private final FollowUps followUps;
    private final EnableFollowUp enableFollowUp;
    private final StaffMembers staff;
    private final Memberships memberships;
    private final Passwords passwords;
    private final ApiKeys apiKeys;
    private final LiveAYear year;
    private final TimeMachine time;

    DemoShop(
            OpenWorkspace openWorkspace,
            FollowUps followUps,
            EnableFollowUp enableFollowUp,
            StaffMembers staff,
            Memberships memberships,
            Passwords passwords,
            ApiKeys apiKeys,
            LiveAYear year,
            TimeMachine time) {
        this.openWorkspace = openWorkspace;
        this.followUps = followUps;
        this.enableFollowUp = enableFollowUp;
        this.staff = staff;
        this.memberships = memberships;
        this.passwords = passwords;
        this.apiKeys = apiKeys;
        this.year = year;
        this.time = time;
    }

    /**
     * Opens the shop and lives through its year; gives the secret of its API key, which is seen this once.
     *
     * @param lived is told how far the year is
     */
    Mono<String> open(String password, Instant now, Consumer<Instant> lived) {
        var opened = now.minus(LiveAYear.YEAR);
        return time.to(opened)
                .then(openWorkspace.open(cedarAndSalt(opened)))
                .flatMap(workspace -> settle(workspace, password, opened)
                        .flatMap(secret -> switchOn(workspace)
                                .then(year.live(workspace.id(), now, lived))
                                .then(time.back())
                                .thenReturn(secret)));
    }

    private static Workspace cedarAndSalt(Instant opened) {
        var plain = Workspace.open(Key.nextId(), "Cedar & Salt", ZoneId.of("Europe/Berlin"), "en", opened);
        return new Workspace(
                plain.id(),
                null,
                plain.code(),
                plain.name(),
                plain.colour(),
                plain.zone(),
                plain.language(),
                "Mira at Cedar & Salt",
                "hello@cedar-salt.example",
                "hello@cedar-salt.example",
                "Cedar & Salt, Example Street 1, 10115 Berlin, Germany",
                LocalTime.MIDNIGHT,
                LocalTime.MIDNIGHT,
                null,
                plain.quarantineDays(),
                null,
                true,
                opened);
    }

    private Mono<String> settle(Workspace workspace, String password, Instant now) {
        return passwords
                .hash(password)
                .map(hash -> Staff.of(OWNER, "Mira Holm", now).withPassword(hash))
                .flatMap(owner -> staff.save(owner)
                        .then(memberships.add(workspace.id(), owner.id(), Role.OWNER, now))
                        .then(apiKeys.create(workspace, "Demo", owner.id())))
                .map(ApiKeys.Created::secret);
    }

    private Mono<Void> switchOn(Workspace workspace) {
        return followUps
                .of(workspace.id())
                .flatMapMany(Flux::fromIterable)
                .concatMap(followUp -> enableFollowUp.enable(followUp.key()))
                .then();
    }
}
