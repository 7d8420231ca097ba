package dev.afterword.db.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Rejected;
import dev.afterword.db.Rows;
import dev.afterword.db.message.incoming.MailIntake;
import dev.afterword.db.message.incoming.WhyNoCase;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.LinkToken.Use;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Forged, foreign and endless mail to the support address. */
@DatabaseTest
class MailInAbuseTest extends SupportAddress {
    @Test
    void believesNoForgedTokenAndNoThreadOfSomebodyElse() {
        write(person("ana@x.test", "Ana", "It leaks", support));
        var anas = theCase();
        var twin = new Rows(database, openWorkspace).workspace;
        var genuine = token(send("received"));
        var changed = genuine.replace(genuine.charAt(40), genuine.charAt(40) == 'a' ? 'b' : 'a');
        var moved = twin.code() + genuine.substring(8);

        write(person("eve@x.test", "Eve", "One", changed, support));
        write(person("eve@x.test", "Eve", "Two", moved, support));
        write(in("eve@x.test", "Three", List.of(support), List.of("<1@x.test>", "<s." + genuine + "@x.test>")));
        var foreign = new LinkToken(twin.code(), send("received")).sign(Use.REPLY, secret);
        write(person("eve@x.test", "Eve", "Four", foreign + "@in.test", support));

        assertThat(said(anas.key())).containsExactly("It leaks");
        assertThat(number("select count(*) from support_case where workspace_id = $1"))
                .isEqualTo(2);
        assertThat(number("select count(*) from support_case where workspace_id = '" + twin.id()
                        + "' and $1 <> workspace_id"))
                .isZero();
    }

    @Test
    void endsWhatTwoMachinesSayToEachOtherAfterOneMail() {
        for (int at = 0; at < 30; at++) {
            write(person("robot@x.test", "Robot", "I am away " + at, support));
            write(person("robot@x.test", "Robot", "Away, really " + at, token(send("received"))));
        }

        assertThat(number("select count(*) from send where workspace_id = $1")).isEqualTo(1);
        assertThat(number("select count(*) from support_case where workspace_id = $1"))
                .isEqualTo(1);
        assertThat(number("select count(*) from case_entry where workspace_id = $1 and kind = 'said'"))
                .isEqualTo(40);
        assertThat(whys()).containsOnly(WhyNoCase.LIMIT).hasSize(20);
    }

    @Test
    void whoOnlyClaimsToBeACustomerUsesUpNothingOfTheirAnswers() {
        write(person("ana@x.test", "Ana", "It leaks", support));
        for (int at = 0; at < 30; at++) {
            write(person("ana@x.test", "Ana", "Buy this " + at, support));
        }
        write(person("ana@x.test", "Ana", "It still leaks", token(send("received"))));

        assertThat(
                        text(
                                "select words from case_entry where workspace_id = $1 and kind = 'said' order by at desc, id desc limit 1"))
                .isEqualTo("It still leaks");
    }

    @Test
    void tellsOneAddressThreeTimesADayAndTheCaseSaysWhyNobodyWasTold() {
        for (int at = 0; at < 5; at++) {
            write(person("robot@x.test", "Robot", "Ticket " + at, support));
            change("update support_case set status = 'spam' where workspace_id = $1");
        }

        assertThat(number("select count(*) from support_case where workspace_id = $1"))
                .isEqualTo(5);
        assertThat(number("select count(*) from send where workspace_id = $1 and kind = 'received'"))
                .isEqualTo(ArrivalMail.MOST);
        assertThat(
                        number(
                                "select count(distinct case_id) from case_entry where workspace_id = $1 and change -> 'silent' ->> 'to' = 'arrival'"))
                .isEqualTo(2);
    }

    @Test
    void letsNoWorkspaceNameTheAddressOfAnother() {
        var twin = new Rows(database, openWorkspace).workspace.id();
        assertThatThrownBy(() -> intakes.save(twin, new MailIntake(true, support), Instant.now())
                        .block())
                .isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> intakes.save(
                                twin, new MailIntake(true, "hello@" + rows.workspace.code() + ".test"), Instant.now())
                        .block())
                .isInstanceOf(Rejected.class);
    }
}
