package dev.afterword.db.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.followup.OutgoingMail;
import dev.afterword.db.followup.WriteMails;
import dev.afterword.db.message.Sends;
import dev.afterword.db.message.incoming.TakeIncoming.Taken;
import dev.afterword.db.message.incoming.WhyNoCase;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What people write to the support address: where it lands, and who is told. */
@DatabaseTest
class MailInTest extends SupportAddress {
    @Autowired
    WriteMails writeMails;

    @Autowired
    Sends sends;

    @Test
    void makesACaseOfWhatAStrangerWritesAndTellsThemOnce() {
        assertThat(write(person("ravi@x.test", "Ravi", "Do you ship to Goa?", support)))
                .isEqualTo(Taken.KEPT);

        var opened = theCase();
        assertThat(opened)
                .returns("mail", Case::source)
                .returns(CaseKind.QUESTION, Case::kind)
                .returns("Hello", Case::subject);
        assertThat(text("select name || ' ' || address || ' ' || stage from contact where workspace_id = $1"))
                .isEqualTo("Ravi ravi@x.test prospect");
        assertThat(
                        text(
                                "select string_agg(purpose || granted, ',' order by purpose) from consent where workspace_id = $1"))
                .isEqualTo("newsfalse,tipsfalse");
        assertThat(cases.entries(opened.key()).block()).singleElement().satisfies(entry -> {
            assertThat(entry.words()).isEqualTo("Do you ship to Goa?");
            assertThat(entry.by()).isEqualTo("mail");
        });
        var mail = mail("received");
        assertThat(mail.mail().text())
                .contains("Do you ship to Goa?", "https://feedback.example/c/")
                .contains("a message from this address reached Cedar & Salt");
        assertThat(mail.inReplyTo()).isEqualTo("<1@x.test>");
        assertThat(mail.byPerson()).isFalse();
    }

    @Test
    void putsTheReplyToAnArrivalMailAndWhatFollowsIntoTheSameCase() {
        write(person("ravi@x.test", "Ravi", "Do you ship to Goa?", support));
        var opened = theCase();

        write(person("ravi@elsewhere.test", "Ravi", "And by when?", token(send("received"))));
        write(person("ravi@x.test", "Ravi", "Hello?", support));
        act.change(opened.key(), null, null, (one, now) -> one.closed(null, null, now))
                .block();
        write(in("ravi@x.test", "It came. One more thing", List.of(support), List.of("<1@x.test>")));

        assertThat(said(opened.key()))
                .containsExactly("Do you ship to Goa?", "And by when?", "Hello?", "It came. One more thing");
        assertThat(cases.find(opened.key()).block().status()).isEqualTo(CaseStatus.OPEN);
        assertThat(number("select count(*) from send where workspace_id = $1")).isEqualTo(1);
        assertThat(number("select count(*) from support_case where workspace_id = $1"))
                .isEqualTo(1);
    }

    @Test
    void knowsACustomerHoweverTheirDomainIsSpelt() {
        var ana = rows.contact("Ana Souza", "ana@bücher.example", "client");
        change("update workspace set sender_address = 'hello@läden.example' where id = $1");

        write(person("ana@xn--bcher-kva.example", "Ana", "It leaks", "Hello@xn--lden-loa.example"));
        write(person("hello@xn--lden-loa.example", "Shop", "Our own", support));

        assertThat(theCase().contactId()).isEqualTo(ana);
        assertThat(whys()).containsExactly(WhyNoCase.OWN);
    }

    @Test
    void answersByAPersonAndWithWhatIsKnownOfTheOrder() {
        var ana = rows.contact("Ana Souza", "ana@x.test", "client");
        var order = rows.order(ana, "A-17", Instant.parse("2025-03-01T00:00:00Z"), 3, "Kettle", "kitchen");
        write(person("ana@x.test", "Ana", "It leaks", support));
        change("update support_case set order_id = '%s' where workspace_id = $1".formatted(order));

        answer.reply(theCase().key(), null, "About {{order.number|your order}}: we send a new one.")
                .block();

        var mail = mail("reply");
        assertThat(mail.mail().text()).contains("About A-17: we send a new one.");
        assertThat(mail.byPerson()).isTrue();
        assertThat(text("select order_id::text from send where workspace_id = $1 and kind = 'reply'"))
                .isEqualTo(order.toString());
        change("update send set order_id = null where workspace_id = $1");
        assertThat(mail("reply").mail().text()).contains("About A-17");
    }

    @Test
    void opensANewCaseForAnAnswerToOneThatWasClosedLongAgo() {
        write(person("ana@x.test", "Ana", "It leaks", support));
        var old = theCase();
        act.change(old.key(), null, null, (one, now) -> one.closed(null, null, now))
                .block();
        change("update support_case set closed_at = closed_at - interval '31 days' where workspace_id = $1");

        write(person("ana@x.test", "Ana", "Again", token(send("received"))));

        assertThat(said(old.key())).containsExactly("It leaks");
        assertThat(text("select source from support_case where workspace_id = $1 and status = 'open'"))
                .isEqualTo("reply");
    }

    @Test
    void saysOnceWhatComesByTwoAddressesOrIsReadAgain() {
        var mail = person("ana@x.test", "Ana", "It leaks", support);
        assertThat(write(mail, "by one way")).isEqualTo(Taken.KEPT);
        assertThat(write(mail, "by one way")).isEqualTo(Taken.KNOWN);
        assertThat(write(mail, "by another way")).isEqualTo(Taken.KNOWN);

        assertThat(said(theCase().key())).containsExactly("It leaks");
    }

    /** More words than a tsvector holds must not keep the next from the case. */
    @Test
    void aCaseHoldsMoreThanCanBeLookedFor() {
        write(person("ana@x.test", "Ana", "It leaks", support));
        var key = theCase().key();
        change("""
                update support_case set words = (select to_tsvector('simple', string_agg('aaaaaaaaa' || (10000000000 + n), ' ')) from generate_series(1, 43000) n)
                where workspace_id = $1
                """);
        var words = IntStream.range(0, 1_200)
                .mapToObj(word -> "bbbbbbbbbbbbbbbbbbb" + (1_000 + word))
                .collect(Collectors.joining(" "));
        assertThatThrownBy(() -> text("select (words || to_tsvector('simple', '" + words
                        + "'))::text from support_case where workspace_id = $1"))
                .hasMessageContaining("too long for tsvector");
        cases.add(Addition.said(key, words, null), Instant.now()).block();

        assertThat(write(person("ana@x.test", "Ana", "Still", support))).isEqualTo(Taken.KEPT);
        assertThat(said(key)).hasSize(3).last().isEqualTo("Still");
    }

    private OutgoingMail mail(String kind) {
        var send = sends.find(new Key(workspace, send(kind))).block();
        return writeMails
                .write(workspace, List.of(send), Instant.now())
                .block()
                .get(send.key().id());
    }
}
