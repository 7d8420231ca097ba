package dev.afterword.db.workspace.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.workspace.ChangePassword;
import dev.afterword.db.workspace.InviteStaff;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.ProveAgain;
import dev.afterword.db.workspace.RemoveMember;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Session;
import dev.afterword.db.workspace.Sessions;
import dev.afterword.db.workspace.Staff;
import dev.afterword.db.workspace.StaffMail;
import dev.afterword.db.workspace.StaffMails;
import dev.afterword.db.workspace.StaffMembers;
import dev.afterword.db.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** What the word of a workspace's provider is worth, and what it is not. */
@DatabaseTest
class EnterByProviderTest {
    private static final String ISSUER = "https://accounts.cedar.example";
    private static final String CLIENT = "afterword";
    private static final String BROWSER = "what the cookie holds";

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    StaffMembers staff;

    @Autowired
    Memberships memberships;

    @Autowired
    RemoveMember removeMember;

    @Autowired
    SignInProviders providers;

    @Autowired
    SaveProvider saveProvider;

    @Autowired
    RemoveProvider removeProvider;

    @Autowired
    DemandProvider demandProvider;

    @Autowired
    AllowPasswords allowPasswords;

    @Autowired
    ProviderAccounts accounts;

    @Autowired
    UnlinkAccount unlinkAccount;

    @Autowired
    EnterByProvider enterByProvider;

    @Autowired
    ProveByProvider proveByProvider;

    @Autowired
    InviteStaff inviteStaff;

    @Autowired
    RequestDoorMail requestDoorMail;

    @Autowired
    StaffMails mails;

    @Autowired
    ProviderVisits visits;

    @Autowired
    ProveAgain proveAgain;

    @Autowired
    ChangePassword changePassword;

    @Autowired
    Sessions sessions;

    @Autowired
    DatabaseClient database;

    private Workspace workspace;
    private Staff mira;

    @BeforeEach
    void open() {
        workspace = workspace();
        mira = member(workspace, Role.OWNER);
        save(workspace, ISSUER, CLIENT);
    }

    @Test
    void knowsAMemberByTheAddressOnceAndByTheAccountFromThenOn() {
        assertThat(enter("a-1", mira.email().toUpperCase()).staffId()).isEqualTo(mira.id());
        var tom = member(workspace, Role.VIEWER);

        assertThat(enter("a-1", tom.email()).staffId())
                .as("the account, whatever address it has by now")
                .isEqualTo(mira.id());
        assertThat(enter("a-1", null).staffId()).isEqualTo(mira.id());
        assertThatThrownBy(() -> enter("a-2", mira.email()))
                .as("an address that was given to somebody else")
                .hasMessage("provider.linked-otherwise");

        unlinkAccount.unlink(workspace.id(), mira.id()).block();
        assertThat(enter("a-2", mira.email()).staffId()).isEqualTo(mira.id());
    }

    @Test
    void knowsNobodyByAnAddressThatIsNotVerifiedOrOfAnotherWorkspace() {
        var other = workspace();
        var ana = member(other, Role.OWNER);

        assertThatThrownBy(() -> enter(vouched("a-1", mira.email(), false, null)))
                .hasMessage("provider.address-unverified");
        assertThatThrownBy(() -> enter("a-1", null)).hasMessage("provider.address-unverified");
        assertThatThrownBy(() -> enter("a-1", ana.email())).hasMessage("provider.no-member");
        assertThat(accounts.of(workspace.id(), ISSUER).block()).isEmpty();
    }

    @Test
    void letsInByTheProviderThatTheWorkspaceHasNowAndByNoOther() {
        assertThatThrownBy(
                        () -> enter(new Vouched("https://elsewhere.example", CLIENT, "a-1", mira.email(), true, null)))
                .hasMessage("provider.over");
        assertThatThrownBy(() -> enter(new Vouched(ISSUER, "another client", "a-1", mira.email(), true, null)))
                .hasMessage("provider.over");

        saveProvider
                .save(SignInProvider.of(workspace.id(), "Cedar", ISSUER, CLIENT, null), "")
                .block();
        assertThatThrownBy(() -> enter("a-1", mira.email())).hasMessage("provider.over");
        assertThatThrownBy(() -> providers.open(workspace.id()).block()).hasMessage("provider.none");
    }

    /** Somebody belongs to two workspaces, and one of them has a provider that says whatever its owner likes. */
    @Test
    void opensNothingButItsOwnWorkspaceAndChangesNothingThatIsThePersonsOwn() {
        var other = workspace();
        memberships.add(other.id(), mira.id(), Role.OWNER, Instant.now()).block();
        var own = found(sessions.open(mira.id(), Instant.now()).block());
        var vouched = enter("a-1", mira.email());

        assertThat(own.opens(workspace.id()) && own.opens(other.id())).isTrue();
        assertThat(vouched.opens(workspace.id())).isTrue();
        assertThat(vouched.opens(other.id())).isFalse();
        assertThatThrownBy(() -> changePassword
                        .change(vouched, "", "another long phrase")
                        .block())
                .hasMessage("session.by-provider");
        assertThatThrownBy(() -> proveAgain.prove(vouched, "", "").block()).hasMessage("session.by-provider");
        assertThat(sessions.of(vouched, Instant.now()).block())
                .extracting(Sessions.Listed::hash)
                .containsExactly(vouched.hash());
        sessions.end(vouched, own.hash()).block();
        sessions.endOthers(vouched).block();
        assertThat(sessions.of(own, Instant.now()).block())
                .extracting(Sessions.Listed::hash)
                .containsExactlyInAnyOrder(own.hash(), vouched.hash());
    }

    @Test
    void endsWhatItVouchedForWhenTheMemberLeavesOrTheProviderIsAnother() {
        member(workspace, Role.OWNER);
        var first = enter("a-1", mira.email());
        removeMember.remove(workspace.id(), mira.id()).block();
        assertThat(sessions.live(List.of(first.hash()), Instant.now()).block()).isEmpty();
        assertThat(accounts.of(workspace.id(), ISSUER).block()).isEmpty();
        assertThatThrownBy(() -> enter("a-1", mira.email())).hasMessage("provider.no-member");

        var tom = member(workspace, Role.OWNER);
        var second = enter("b-1", tom.email());
        save(workspace, ISSUER, CLIENT);
        assertThat(live(second)).as("the same client").isTrue();
        save(workspace, ISSUER, "another");
        assertThat(live(second)).isFalse();

        save(workspace, ISSUER, CLIENT);
        var third = enter("b-1", tom.email());
        removeProvider.remove(workspace.id()).block();
        assertThat(live(third)).isFalse();
        assertThat(accounts.of(workspace.id(), ISSUER).block()).isEmpty();
    }

    @Test
    void demandsTheProviderOnlyOfWhomItHasLetInAndNotOfAnotherProvider() {
        var own = found(sessions.open(mira.id(), Instant.now()).block());
        assertThatThrownBy(() -> demandProvider.demand(workspace.id(), own).block())
                .hasMessage("provider.prove-first");
        var other = workspace();
        save(other, ISSUER, CLIENT);
        var vouched = enter("a-1", mira.email());
        assertThatThrownBy(() -> demandProvider.demand(other.id(), vouched).block())
                .hasMessage("provider.prove-first");

        demandProvider.demand(workspace.id(), vouched).block();
        assertThat(demanded()).isTrue();
        save(workspace, ISSUER, CLIENT);
        assertThat(demanded()).as("a new secret").isTrue();
        save(workspace, ISSUER, "another");
        assertThat(demanded()).as("another client").isFalse();

        save(workspace, ISSUER, CLIENT);
        demandProvider.demand(workspace.id(), enter("a-1", mira.email())).block();
        allowPasswords.allow(workspace.code()).block();
        assertThat(demanded()).isFalse();
        assertThatThrownBy(() -> allowPasswords.allow("aaaaaaaa").block()).hasMessage("workspace.unknown");
    }

    @Test
    void invitesToTheDoorWhereItIsTheOnlyWayIn() {
        demandProvider.demand(workspace.id(), enter("a-1", mira.email())).block();
        var address = "tom-" + Key.nextId() + "@cedar.example";
        inviteStaff.invite(workspace.id(), "Tom", address, Role.VIEWER).block();
        inviteStaff.invite(workspace.id(), "Tom", address, Role.VIEWER).block();
        var invitation = new StaffMail.Door(workspace.code(), true);
        assertThat(sentTo(address)).as("again, as he has not come").containsExactly(invitation, invitation);

        enter("t-1", address);
        assertThatThrownBy(() -> inviteStaff
                        .invite(workspace.id(), "Tom", address, Role.VIEWER)
                        .block())
                .hasMessageStartingWith("staff.member-already");
        requestDoorMail.request(address).block();
        assertThat(sentTo(address)).containsExactly(new StaffMail.Door(workspace.code(), false));
    }

    @Test
    void isFreshOnlyAfterTheProviderAskedAndOfTheSamePerson() {
        var now = Instant.now();
        var before = enter(vouched("a-1", mira.email(), true, null));
        assertThat(before.fresh(Instant.now())).as("let through without a word").isFalse();
        assertThat(enter(vouched("a-1", null, true, now.minusSeconds(30))).fresh(now))
                .isTrue();
        assertThat(enter(vouched("a-1", null, true, now.plusSeconds(3600))).freshAt())
                .as("a clock that goes wrong")
                .isBeforeOrEqualTo(Instant.now());

        var tom = member(workspace, Role.OWNER);
        enter("b-1", tom.email());
        assertThatThrownBy(() -> prove(before, vouched("b-1", tom.email(), true, now), now))
                .hasMessage("provider.somebody-else");
        assertThatThrownBy(() -> prove(before, vouched("a-1", null, true, null), now))
                .hasMessage("provider.not-asked");
        assertThatThrownBy(() -> prove(before, vouched("a-1", null, true, now.minusSeconds(90)), now))
                .hasMessage("provider.not-asked");
        prove(before, vouched("a-1", null, true, now), now);
        assertThat(sessions.of(before, now).block()).isNotEmpty();
        assertThat(database.sql("select fresh_at from session where encode(id_hash, 'hex') = $1")
                        .bind(0, before.hash())
                        .mapValue(Instant.class)
                        .one()
                        .block())
                .isAfterOrEqualTo(now.minusMillis(1));
    }

    @Test
    void takesAVisitOnceInItsBrowserAndWithinTenMinutes() {
        var visit = visit("state", Instant.now());
        visits.begin(workspace.id(), BROWSER, visit).block();
        assertThatThrownBy(() -> visits.take(workspace.id(), "another", "state").block())
                .hasMessage("provider.over");
        assertThatThrownBy(() -> visits.take(workspace().id(), BROWSER, "state").block())
                .hasMessage("provider.over");
        var both = Mono.zip(took(), took()).block();
        assertThat(both.getT1() + both.getT2()).as("of two at once, one").isEqualTo(1);
        assertThatThrownBy(() -> visits.take(workspace.id(), BROWSER, "state").block())
                .hasMessage("provider.over");

        visits.begin(workspace.id(), BROWSER, visit("late", Instant.now().minus(Duration.ofMinutes(10))))
                .block();
        assertThatThrownBy(() -> visits.take(workspace.id(), BROWSER, "late").block())
                .hasMessage("provider.over");
        visits.begin(workspace.id(), BROWSER, visit("next", Instant.now())).block();
        assertThat(kept()).as("what nobody came back from is cleared away").isEqualTo(1);
        assertThat(visits.take(workspace.id(), BROWSER, "next").block().verifier())
                .isEqualTo("verifier");
    }

    @Test
    void keepsSecretsSealed() {
        assertThat(providers.secretOf(workspace.id()).block()).isEqualTo("a secret");
        saveProvider
                .save(SignInProvider.of(workspace.id(), "Cedar", ISSUER, CLIENT, Instant.now()), " ")
                .block();
        assertThat(providers.secretOf(workspace.id()).block()).isEqualTo("a secret");
        assertThatThrownBy(() -> saveProvider
                        .save(SignInProvider.of(workspace.id(), "Cedar", ISSUER, "another", Instant.now()), "")
                        .block())
                .as("another client has another secret")
                .hasMessageStartingWith("provider.secret-missing");
        visits.begin(workspace.id(), BROWSER, visit("sealed", Instant.now())).block();
        var kept = database.sql(
                        "select client_secret as bytes from sign_in_provider where workspace_id = $1 union all select agreed from provider_visit where workspace_id = $1")
                .bind(0, workspace.id())
                .mapValue(byte[].class)
                .all()
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .collectList()
                .block();
        assertThat(kept).hasSize(2).noneMatch(text -> text.contains("secret") || text.contains("verifier"));
    }

    /** What waited for that address; it is sent with this. */
    private List<StaffMail.Content> sentTo(String address) {
        return mails.claim(1_000, Instant.now().plusSeconds(1)).block().stream()
                .filter(mail -> mail.email().equals(address))
                .peek(mail -> mails.sent(mail.id(), Instant.now()).block())
                .map(StaffMail::content)
                .toList();
    }

    private Mono<Integer> took() {
        return visits.take(workspace.id(), BROWSER, "state").thenReturn(1).onErrorReturn(0);
    }

    private long kept() {
        return database.sql("select count(*) from provider_visit where workspace_id = $1")
                .bind(0, workspace.id())
                .mapValue(Long.class)
                .one()
                .block();
    }

    private static ProviderVisit visit(String state, Instant at) {
        return new ProviderVisit(state, "nonce", "verifier", CLIENT, "{}", "/", null, at);
    }

    private boolean demanded() {
        return memberships.standing(workspace.id(), mira.id()).block().byProviderOnly();
    }

    private boolean live(Session session) {
        return !sessions.live(List.of(session.hash()), Instant.now()).block().isEmpty();
    }

    private void prove(Session session, Vouched vouched, Instant since) {
        proveByProvider.prove(session, vouched, since).block();
    }

    private Session enter(String subject, @Nullable String email) {
        return enter(vouched(subject, email, true, Instant.now()));
    }

    private Session enter(Vouched vouched) {
        return found(enterByProvider
                .enter(workspace.id(), vouched, "Firefox · Linux")
                .block());
    }

    private Session found(String id) {
        return sessions.find(id, Instant.now()).block();
    }

    private static Vouched vouched(String subject, @Nullable String email, boolean verified, @Nullable Instant at) {
        return new Vouched(ISSUER, CLIENT, subject, email, verified, at);
    }

    private void save(Workspace of, String issuer, String client) {
        saveProvider
                .save(SignInProvider.of(of.id(), "Cedar", issuer, client, Instant.now()), "a secret")
                .block();
    }

    private Workspace workspace() {
        return openWorkspace
                .open(Workspace.open(Key.nextId(), "Cedar & Salt", ZoneId.of("Europe/Berlin"), "de", Instant.now()))
                .block();
    }

    private Staff member(Workspace of, Role role) {
        var person = staff.save(Staff.of("p-" + UUID.randomUUID() + "@cedar.example", "Mira Holm", Instant.now())
                        .withPassword("not looked at"))
                .block();
        memberships.add(of.id(), person.id(), role, Instant.now()).block();
        return person;
    }
}
