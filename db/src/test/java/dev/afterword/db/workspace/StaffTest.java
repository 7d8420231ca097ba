package dev.afterword.db.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import dev.afterword.db.followup.OpenWorkspace;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

@DatabaseTest
@Tag("server")
class StaffTest {
    private static final String PASSWORD = "ochre teapot on a bicycle";

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    InviteStaff inviteStaff;

    @Autowired
    ChoosePassword choosePassword;

    @Autowired
    RequestPasswordLink requestPasswordLink;

    @Autowired
    SignIn signIn;

    @Autowired
    Passwords passwords;

    @Autowired
    ChangeRole changeRole;

    @Autowired
    RemoveMember removeMember;

    @Autowired
    Memberships memberships;

    @Autowired
    OneTimeLinks links;

    @Autowired
    DatabaseClient database;

    @Autowired
    StaffMails mails;

    @Autowired
    Sessions sessions;

    private final String email = "mira-" + Key.nextId() + "@cedar.example";
    private UUID workspace;

    @BeforeEach
    void open() {
        workspace = openWorkspace
                .open(Workspace.open(Key.nextId(), "Cedar & Salt", ZoneId.of("Europe/Berlin"), "de", Instant.now()))
                .block()
                .id();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password1234",
                "qwertyuiop12",
                "111111111111",
                "iloveyou2024",
                "Afterword2026",
                "holmholm2026",
                "abcabcabcabc"
            })
    void refusesPasswordsThatAreGuessedSoon(String guessed) {
        assertThatThrownBy(() -> passwords
                        .hash(guessed, "mira.holm@cedar.example", "Mira Holm")
                        .block())
                .isInstanceOfSatisfying(
                        Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo("password.easy-to-guess"));
    }

    @Test
    void joinsThroughAnInvitationThatWorksOnce() {
        var person = invite(Role.OWNER);
        var mail = mailTo(email);
        assertThat(mail.subject(link(mail))).isEqualTo("You are invited to Cedar & Salt on Afterword");
        assertThat(mail.text(link(mail), "https://x/password/t"))
                .contains("Hello Mira,")
                .contains("https://x/password/t");
        var token = links.token(link(mail).id()).block();

        var session = choosePassword.choose(token, PASSWORD).block();

        assertThat(sessions.find(session, Instant.now()).block().staffId()).isEqualTo(person.id());
        assertThatThrownBy(() -> choosePassword.choose(token, PASSWORD).block())
                .isInstanceOf(NotFound.class)
                .hasMessage("link.void");
        assertThat(memberships.of(workspace).block()).singleElement().satisfies(member -> {
            assertThat(member.joined()).isTrue();
            assertThat(member.role()).isEqualTo(Role.OWNER);
        });
    }

    @Test
    void signsInWithTheRightPasswordOnly() {
        join(Role.OWNER);

        var first = signIn.signIn(" " + email.toUpperCase() + " ", PASSWORD, "")
                .block()
                .session();
        var second = signIn.signIn(email, PASSWORD, "").block().session();

        assertThat(first).isNotEqualTo(second);
        assertThatThrownBy(() -> signIn.signIn(email, PASSWORD + "!", "").block())
                .hasMessage("sign-in.wrong");
        assertThatThrownBy(() ->
                        signIn.signIn("nobody@cedar.example", PASSWORD, "").block())
                .hasMessage("sign-in.wrong");
    }

    @Test
    void endsASessionAfterThirtyIdleMinutesAndTwelveHoursInAll() {
        join(Role.OWNER);
        var session = signIn.signIn(email, PASSWORD, "").block().session();
        var begun = Instant.now();

        assertThat(sessions.find(session, begun.plus(Duration.ofMinutes(29))).blockOptional())
                .isPresent();
        assertThat(sessions.find(session, begun.plus(Duration.ofMinutes(58))).blockOptional())
                .as("seen 29 minutes ago")
                .isPresent();
        assertThat(sessions.find(session, begun.plus(Duration.ofMinutes(89))).blockOptional())
                .as("seen 31 minutes ago")
                .isEmpty();

        for (int minutes = 80; minutes < 720; minutes += 20) {
            sessions.find(session, begun.plus(Duration.ofMinutes(minutes))).block();
        }
        var hash = List.of(java.util.HexFormat.of().formatHex(Sessions.sha256(session)));
        assertThat(sessions.live(hash, begun.plus(Duration.ofMinutes(719))).block())
                .hasSize(1);
        assertThat(sessions.live(hash, begun.plus(Duration.ofMinutes(721))).block())
                .isEmpty();
        assertThat(sessions.find(session, begun.plus(Duration.ofMinutes(721))).blockOptional())
                .as("after twelve hours")
                .isEmpty();
    }

    @Test
    void endsEverySessionOnANewPasswordAndOnAnotherRole() {
        join(Role.OWNER);
        var before = signIn.signIn(email, PASSWORD, "").block().session();
        requestPasswordLink.request(email).block();
        var token = links.token(link(mailTo(email)).id()).block();

        var after = choosePassword.choose(token, "another long phrase").block();

        assertThat(sessions.find(before, Instant.now()).blockOptional()).isEmpty();
        var person = sessions.find(after, Instant.now()).block().staffId();
        otherOwner();
        changeRole.change(workspace, person, Role.SUPPORT).block();
        assertThat(sessions.find(after, Instant.now()).blockOptional()).isEmpty();
    }

    @Test
    void endsTheEarlierPasswordLinkWithANewOne() {
        join(Role.OWNER);
        requestPasswordLink.request(email).block();
        var first = links.token(link(mailTo(email)).id()).block();
        requestPasswordLink.request(email).block();

        assertThatThrownBy(() -> choosePassword.choose(first, PASSWORD).block()).hasMessage("link.void");
        assertThatThrownBy(() -> links.find(
                                links.token(link(mailTo(email)).id()).block(),
                                Instant.now().plusSeconds(3601))
                        .block())
                .as("after an hour")
                .hasMessage("link.void");
    }

    @Test
    void keepsTheLastOwner() {
        var owner = join(Role.OWNER);

        assertThatThrownBy(() ->
                        changeRole.change(workspace, owner.id(), Role.VIEWER).block())
                .isInstanceOf(Conflict.class)
                .hasMessage("staff.last-owner");
        assertThatThrownBy(() -> removeMember.remove(workspace, owner.id()).block())
                .hasMessage("staff.last-owner");
        otherOwner();
        removeMember.remove(workspace, owner.id()).block();
        assertThat(memberships.standing(workspace, owner.id()).blockOptional()).isEmpty();
    }

    @Test
    void refusesShortPasswordsAndUnreadableAddresses() {
        invite(Role.VIEWER);
        var token = links.token(link(mailTo(email)).id()).block();

        assertThatThrownBy(() -> choosePassword.choose(token, "short").block())
                .isInstanceOf(Rejected.class)
                .hasMessageStartingWith("password.too-short");
        assertThat(choosePassword.choose(token, "ünïcödé wörds").block())
                .as("the link still works")
                .isNotBlank();
        assertThatThrownBy(() -> inviteStaff
                        .invite(workspace, "Mira", "not an address", Role.VIEWER)
                        .block())
                .hasMessageStartingWith("staff.email-unreadable");
    }

    @Test
    void claimsAMailOnceAndAgainWhenNothingWasHeardOfIt() {
        invite(Role.VIEWER);
        var now = Instant.now();
        var claimed = mailTo(email);

        assertThat(mails.claim(100, now.plusSeconds(60)).block())
                .noneMatch(mail -> mail.email().equals(email));
        assertThat(mails.claim(100, now.plusSeconds(180)).block())
                .anyMatch(mail -> mail.id().equals(claimed.id()));
        mails.sent(claimed.id(), now).block();
        assertThat(mails.claim(100, now.plusSeconds(600)).block())
                .noneMatch(mail -> mail.email().equals(email));
    }

    @Test
    void aLinkWhoseMailGoesOutAfterTheSecretWasChangedWorks() {
        var person = invite(Role.OWNER);
        var now = Instant.now();
        var old = new byte[32];
        var next = old.clone();
        next[0] = 1;
        var id = new OneTimeLinks(database, new AfterwordSecret(List.of(old)))
                .create(OneTimeLinks.Purpose.PASSWORD, person.id(), now)
                .block();
        var after = new OneTimeLinks(database, new AfterwordSecret(List.of(next, old)));

        var token = after.token(id).block();

        assertThat(after.find(token, now).block().id()).isEqualTo(id);
    }

    private Staff invite(Role role) {
        return inviteStaff.invite(workspace, "Mira", email, role).block();
    }

    private Staff join(Role role) {
        var person = invite(role);
        choosePassword
                .choose(links.token(link(mailTo(email)).id()).block(), PASSWORD)
                .block();
        return person;
    }

    private void otherOwner() {
        var address = "tom-" + Key.nextId() + "@cedar.example";
        inviteStaff.invite(workspace, "Tom", address, Role.OWNER).block();
        choosePassword
                .choose(links.token(link(mailTo(address)).id()).block(), PASSWORD)
                .block();
    }

    private StaffMail mailTo(String address) {
        return mails.claim(100, Instant.now().plusSeconds(1)).block().stream()
                .filter(mail -> mail.email().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private static StaffMail.Link link(StaffMail mail) {
        return (StaffMail.Link) mail.content();
    }
}
