package dev.afterword.db.message.incoming;

import static dev.afterword.db.message.incoming.NoticeKind.HARD;
import static dev.afterword.db.message.incoming.NoticeKind.POLICY;
import static dev.afterword.db.message.incoming.NoticeKind.SOFT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy failure never blames the person, whatever else is said. */
class JudgeFailureTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 5.7.1 user unknown",
                "550-5.7.26 unauthenticated mail is prohibited",
                "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using a DNSBL",
                "550 5.1.1 mailbox unknown, or your host is on our blacklist",
                "550 no such user: rejected because of SPF",
                "550 User unknown; message looks like spam",
                "553 5.1.8 sender address rejected: domain not found",
                "550 sender verify failed: no such user",
                "554 relay access denied, recipient unknown",
                "552 5.3.4 message size exceeds the fixed limit",
                "552 5.2.3 message too large for this mailbox",
                "554 5.4.6 too many hops",
                "550 5.6.0 content rejected",
                "451 4.7.1 greylisted, user may be unknown",
                "421 4.7.0 rate limit, too many messages"
            })
    void holdsAgainstUsWhatIsOurs(String said) {
        assertThat(JudgeFailure.kind(JudgeFailure.status(said), said)).isEqualTo(POLICY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 5.1.1 whatever",
                "550 5.1.1 <spam-blocked@dkim.test>: unknown",
                "550 User unknown",
                "550 5.1.2 bad host",
                "550 5.1.6 has moved",
                "556 5.1.10 does not take mail",
                "550 5.0.0 no such user here",
                "550 <ana@x.test>: Recipient address rejected: User unknown in virtual alias table",
                "550 5.2.1 The account is disabled"
            })
    void knowsAnAddressThatDoesNotExist(String said) {
        assertThat(JudgeFailure.kind(JudgeFailure.status(said), said)).isEqualTo(HARD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "552 5.2.2 mailbox full",
                "550 mailbox is full, user unknown",
                "452 4.2.2 over quota",
                "550 5.4.1 Recipient address rejected: Access denied",
                "550 5.4.4 host not found",
                "451 4.3.0 try again later",
                "450 4.1.1 user unknown, for now",
                "550 mailbox unavailable",
                "554 transaction failed"
            })
    void waitsWhereItMayPass(String said) {
        assertThat(JudgeFailure.kind(JudgeFailure.status(said), said)).isEqualTo(SOFT);
    }

    @Test
    void takesTheTellingCodeBeforeTheGeneralOne() {
        assertThat(JudgeFailure.status("smtp; 550 5.0.0 said: 550-5.7.1 blocked"))
                .isEqualTo("5.7.1");
        assertThat(JudgeFailure.status("nothing at 10.5.1.1, call 480-624-2500"))
                .isNull();
    }
}
