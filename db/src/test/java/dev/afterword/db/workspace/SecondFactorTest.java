package dev.afterword.db.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@DatabaseTest
class SecondFactorTest {
    private static final String PASSWORD = "ochre teapot on a bicycle";

    @Autowired
    StaffMembers staff;

    @Autowired
    Passwords passwords;

    @Autowired
    SecondFactors factors;

    @Autowired
    SignIn signIn;

    @Autowired
    EnterByCode enterByCode;

    @Autowired
    ProveAgain proveAgain;

    @Autowired
    ChangePassword changePassword;

    @Autowired
    Sessions sessions;

    private Staff mira;

    @BeforeEach
    void employ() {
        mira = staff.save(Staff.of("mira-" + Key.nextId() + "@cedar.example", "Mira", Instant.now())
                        .withPassword(passwords.hash(PASSWORD).block()))
                .block();
    }

    @Test
    void asksForACodeOnceItIsOnAndTakesEachOnlyOnce() {
        var seed = factors.begin(mira.id()).block();
        assertThat(factors.begin(mira.id()).block())
                .as("of the page loaded anew")
                .isEqualTo(seed);
        assertThat(signIn.signIn(mira.email(), PASSWORD, "").block().session())
                .as("before it is confirmed")
                .isNotNull();
        assertThatThrownBy(() -> factors.confirm(mira.id(), "12345").block())
                .hasMessageStartingWith("second-factor.wrong");
        var now = Instant.now();
        factors.confirm(mira.id(), TestApp.code(seed, now)).block();

        var entry = signIn.signIn(mira.email(), PASSWORD, "Firefox · Linux").block();
        assertThat(entry.session()).isNull();
        assertThatThrownBy(() -> enterByCode
                        .enter(entry.ticket(), TestApp.code(seed, now), "")
                        .block())
                .as("the code that was used")
                .hasMessageStartingWith("second-factor.wrong");
        var next = TestApp.code(seed, now.plusSeconds(30));
        var session = enterByCode.enter(entry.ticket(), next, "Firefox · Linux").block();
        var found = sessions.find(session, Instant.now()).block();
        assertThat(sessions.of(found, Instant.now()).block())
                .anyMatch(one -> one.device().equals("Firefox · Linux"));
        assertThat(found.staffId()).isEqualTo(mira.id());
        assertThatThrownBy(() -> enterByCode.enter(entry.ticket(), next, "").block())
                .hasMessageStartingWith("second-factor.wrong");
        assertThatThrownBy(() -> enterByCode.who(entry.ticket().replace('A', 'B') + "x"))
                .hasMessage("sign-in.over");
        assertThatThrownBy(() -> factors.begin(mira.id()).block()).hasMessage("second-factor.on-already");
    }

    @Test
    void takesEachRecoveryCodeOnce() {
        var codes = on(mira);
        assertThat(codes).hasSize(10).doesNotHaveDuplicates();
        factors.check(mira.id(), codes.getFirst().toUpperCase()).block();
        assertThatThrownBy(() -> factors.check(mira.id(), codes.getFirst()).block())
                .hasMessageStartingWith("second-factor.wrong");
        assertThat(factors.of(mira.id()).block().codesLeft()).isEqualTo(9);
        factors.remove(mira.id()).block();
        assertThatThrownBy(() -> factors.check(mira.id(), codes.get(1)).block())
                .hasMessageStartingWith("second-factor.wrong");
    }

    @Test
    void provesWithBothFactorsAndChangesThePasswordWhichEndsAllOtherSessions() {
        var now = Instant.now();
        var here = sessions.find(sessions.open(mira.id(), now.minusSeconds(700)).block(), now)
                .block();
        var stolen = sessions.open(mira.id(), now).block();
        var codes = on(mira);
        assertThat(here.fresh(now)).isFalse();
        assertThatThrownBy(() ->
                        proveAgain.prove(here, "not this one", codes.getFirst()).block())
                .hasMessageStartingWith("password.wrong");
        assertThatThrownBy(() -> proveAgain.prove(here, PASSWORD, "").block())
                .hasMessageStartingWith("second-factor.wrong");
        proveAgain.prove(here, PASSWORD, codes.getFirst()).block();

        assertThatThrownBy(() -> changePassword
                        .change(here, "not this one", "another long phrase")
                        .block())
                .hasMessageStartingWith("password.wrong");
        changePassword.change(here, PASSWORD, "another long phrase").block();

        assertThat(sessions.find(stolen, now).blockOptional()).isEmpty();
        assertThat(sessions.of(here, now).block())
                .singleElement()
                .satisfies(one -> assertThat(one.hash()).isEqualTo(here.hash()));
    }

    private List<String> on(Staff person) {
        var seed = factors.begin(person.id()).block();
        return factors.confirm(person.id(), TestApp.code(seed, Instant.now())).block();
    }
}
