package dev.afterword.db.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import dev.afterword.db.Rows;
import dev.afterword.db.contact.erasure.EraseContact;
import dev.afterword.db.message.incoming.MailIntake;
import dev.afterword.db.message.incoming.NoticeKind;
import dev.afterword.db.message.incoming.TakeIncoming.Taken;
import dev.afterword.db.message.incoming.WhyNoCase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is written to the support address and is nobody’s case, and the case that staff makes of it. */
@DatabaseTest
class UnmatchedMailTest extends SupportAddress {
    @Autowired
    EraseContact erase;

    @Autowired
    OpenFromMail openFromMail;

    @Test
    void keepsApartWhatIsNobodysCaseAndMakesOneWhereSomebodyAsks() {
        write(in(NoticeKind.AUTOMATIC, "list@x.test", "Our newsletter", List.of(support), List.of()));
        write(in(NoticeKind.HARD, "mailer-daemon@x.test", "Undelivered", List.of(support), List.of()));
        write(person("HELLO@" + rows.workspace.code() + ".test", "Shop", "Our own", support));
        write(person(null, null, "Nobody", support));
        intakes.save(workspace, new MailIntake(false, support), Instant.now()).block();
        write(person("ana@x.test", "Ana", "Anybody there?", support));
        assertThat(whys())
                .containsExactly(
                        WhyNoCase.OFF, WhyNoCase.NO_SENDER, WhyNoCase.OWN, WhyNoCase.REPORT, WhyNoCase.AUTOMATIC);
        assertThat(number("select count(*) from support_case where workspace_id = $1"))
                .isZero();

        var mail = unmatched.page(workspace, null, 25).block().items().getFirst();
        var opened = openFromMail.open(mail.key(), null).block();

        assertThat(said(opened.key())).containsExactly("Anybody there?");
        assertThat(opened.contactId()).isNotNull();
        assertThat(whys()).doesNotContain(WhyNoCase.OFF);
        assertThat(number("select count(*) from send where workspace_id = $1")).isZero();
        assertThatThrownBy(() -> openFromMail.open(mail.key(), null).block()).isInstanceOf(NotFound.class);
        var nobody = unmatched.page(workspace, null, 25).block().items().getFirst();
        assertThatThrownBy(() -> openFromMail.open(nobody.key(), null).block()).isInstanceOf(Rejected.class);
        var twin = new Rows(database, openWorkspace).workspace.id();
        assertThatThrownBy(() -> openFromMail
                        .open(new Key(twin, nobody.key().id()), null)
                        .block())
                .isInstanceOf(NotFound.class);
        assertThat(unmatched.page(twin, null, 25).block().items()).isEmpty();
    }

    @Test
    void keepsApartWhatSomebodyWritesWhoWasErased() {
        write(person("ana@x.test", "Ana", "It leaks", support));
        erase.erase(new Key(workspace, UUID.fromString(text("select id::text from contact where workspace_id = $1"))))
                .block();

        assertThat(write(person("ana@x.test", "Ana", "It still leaks", support)))
                .isEqualTo(Taken.UNMATCHED);

        assertThat(whys()).containsExactly(WhyNoCase.ERASED);
        var mail = unmatched.page(workspace, null, 25).block().items().getFirst();
        assertThat(mail.words()).isEqualTo("It still leaks");
        assertThat(mail.answerable()).isFalse();
        assertThatThrownBy(() -> openFromMail.open(mail.key(), null).block())
                .isInstanceOfSatisfying(
                        Rejected.class, error -> assertThat(error.code()).isEqualTo("unmatched-mail.erased"));
    }
}
