package dev.afterword.worker.message.incoming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.message.incoming.Incoming;
import dev.afterword.db.message.incoming.Notice;
import dev.afterword.db.message.incoming.NoticeKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is understood of mail that comes back, form by form; the mails stand beside this test. */
class ReadIncomingTest {
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("mails")
    void understands(String name, String expected, String mail) {
        var notices = read(mail).notices();

        assertThat(notices.stream().map(ReadIncomingTest::said).collect(Collectors.joining(", ")))
                .isEqualTo(expected);
    }

    @Test
    void findsByWhatAReportCanBeMatched() {
        var report = read(mail("unknown-user"));

        assertThat(report.addresses()).contains("post+abcdefgh@shop.test", "abcdefgh");
        assertThat(report.answers()).containsExactly("<s.one@shop.test>");
        assertThat(report.links()).containsExactly("https://shop.test/u/token");
    }

    @Test
    void findsByWhatASpamReportWithoutRecipientCanBeMatched() {
        var report = read(mail("spam-report"));

        assertThat(report.addresses()).contains("post+abcdefgh@shop.test");
        assertThat(report.answers()).containsExactly("<s.three@shop.test>");
        assertThat(report.links()).containsExactly("https://shop.test/u/token3", "mailto:post+tok@shop.test");
    }

    @Test
    void takesTheWordsOfAPersonWithoutWhatTheyQuote() {
        var reply = read("""
                From: "Ana Souza" <ana@customers.test>
                To: post+abcdefgh@shop.test
                Subject: Re: How was it?
                Message-ID: <reply@customers.test>
                In-Reply-To: <s.five@shop.test>
                References: <s.zero@shop.test> <s.five@shop.test>
                Content-Type: multipart/alternative; boundary=b

                --b
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                The lid is broken =F0=9F=98=9E
                Can you help?

                On Sun, 22 Nov 2026 at 09:00, Shop <shop@shop.test> wrote:
                > How was it?
                --b
                Content-Type: text/html

                <p>The lid is broken</p>
                --b--
                """);

        assertThat(reply.notices()).extracting(Notice::kind).containsExactly(NoticeKind.REPLY);
        assertThat(reply.words()).isEqualTo("The lid is broken 😞\nCan you help?");
        assertThat(reply.from()).isEqualTo("ana@customers.test");
        assertThat(reply.messageId()).isEqualTo("<reply@customers.test>");
        assertThat(reply.answers()).containsExactly("<s.five@shop.test>", "<s.zero@shop.test>");
    }

    @Test
    void keepsWhatStandsBelowAsIWrote() {
        assertThat(PlainText.ownWords("Hello,\nas I wrote:\nthe lid is broken.\n\nShop wrote:\n\n> How was it?\n"))
                .isEqualTo("Hello,\nas I wrote:\nthe lid is broken.");
        assertThat(PlainText.ownWords("It is broken.\n\nAm 22.11.2026 um 09:00 schrieb Shop:\n\nWie war es?\n"))
                .isEqualTo("It is broken.");
        assertThat(PlainText.ownWords("It is broken.\n\nshop@shop.test wrote:\n\nHow was it?\n"))
                .isEqualTo("It is broken.");
    }

    @Test
    void doesNotTakeAQuestionAboutADeliveryForABounce() {
        var reply = read("""
                From: ana@customers.test
                Subject: Re: How was it?

                My parcel could not be delivered to ana@customers.test, the account is unknown, said the carrier.
                """);

        assertThat(reply.notices()).extracting(Notice::kind).containsExactly(NoticeKind.REPLY);
    }

    @Test
    void doesNotTakeACustomerWhoseSubjectSaysThatAParcelWasNotDeliveredForABounce() {
        var mail = """
                From: ana@customers.test
                Subject: Order 1042 not delivered

                My parcel was not delivered, can you help? Write to ana@customers.test
                """;

        assertThat(read(mail).notices()).extracting(Notice::kind).containsExactly(NoticeKind.REPLY);
        assertThat(read("Return-Path: <>\n" + mail).notices())
                .extracting(Notice::kind)
                .containsExactly(NoticeKind.SOFT);
    }

    @Test
    void comesToAnEndWhateverItIsGiven() {
        var random = new Random(7);
        var noise = new byte[50_000];
        random.nextBytes(noise);
        var report = mail("unknown-user").getBytes(StandardCharsets.UTF_8);
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> {
            ReadIncoming.read(new byte[0]);
            ReadIncoming.read(noise);
            for (int end = 0; end < report.length; end += 7) {
                ReadIncoming.read(Arrays.copyOf(report, end));
            }
            for (var hostile :
                    new String[] {"a", "a@", "a.", "<a@", "<script>", "5.1.1 ", "--", "mailbox ", "\n>", "to: "}) {
                read("From: MAILER-DAEMON@x.test\nSubject: undeliverable\n\n" + hostile.repeat(100_000));
                read("From: MAILER-DAEMON@x.test\nTo: " + hostile.strip().repeat(20_000) + "\n\n.");
                read("From: MAILER-DAEMON@x.test\nSubject: undeliverable\nContent-Type: text/html\n\n"
                        + hostile.repeat(50_000));
            }
            read(nested(2_000));
        });
    }

    private static String nested(int depth) {
        var mail = new StringBuilder("From: MAILER-DAEMON@x.test\n");
        for (int at = 0; at < depth; at++) {
            mail.append("Content-Type: multipart/mixed; boundary=b%1$d%n%n--b%1$d%n".formatted(at));
        }
        return mail.toString();
    }

    static Stream<Arguments> mails() {
        return Stream.of("standard", "other")
                .flatMap(file -> Arrays.stream(resource(file).split("(?m)^=== ")))
                .filter(part -> !part.isBlank())
                .map(part -> {
                    var head = part.substring(0, part.indexOf('\n')).split(" \\| ");
                    return Arguments.of(head[0], head[1], part.substring(part.indexOf('\n') + 1));
                });
    }

    private static String mail(String name) {
        return mails().filter(mail -> mail.get()[0].equals(name))
                .map(mail -> (String) mail.get()[2])
                .findFirst()
                .orElseThrow();
    }

    private static Incoming read(String mail) {
        return ReadIncoming.read(
                mail.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String said(Notice notice) {
        return notice.kind().code() + " " + Objects.requireNonNullElse(notice.address(), "-") + " "
                + Objects.requireNonNullElse(notice.status(), "-") + (notice.sure() ? " sure" : " guessed");
    }

    private static String resource(String name) {
        try (var in = ReadIncomingTest.class.getResourceAsStream("/incoming/" + name + ".txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
