package dev.afterword.worker.message.incoming;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.afterword.db.message.attachment.Attached;
import dev.afterword.db.message.incoming.Incoming;
import dev.afterword.db.message.incoming.Notice;
import dev.afterword.db.message.incoming.NoticeKind;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail that is broken, or means harm: its words are found, nothing of it runs, and nothing is fetched. */
class HostileMailTest {
    @Test
    void findsTheWordsWhereTheBoundaryIsMissing() {
        assertThat(read("Content-Type: multipart/mixed", "\n--b\nContent-Type: text/plain\n\nIt leaks\n--b--\n")
                        .words())
                .contains("It leaks");
        assertThat(read("Content-Type: multipart/mixed; boundary=other", "\n--b\n\nIt leaks\n")
                        .words())
                .contains("It leaks");
        assertThat(read(
                                "Content-Type: multipart/alternative; boundary=b",
                                "\n--b\nContent-Type: text/plain\n\nIt leaks\n")
                        .words())
                .contains("It leaks");
    }

    @Test
    void readsAsWellAsItCanWhatIsWronglyNamed() {
        assertThat(read("Content-Type: text/plain; charset=x-nowhere", "\nIt leaks\n")
                        .words())
                .isEqualTo("It leaks");
        assertThat(read(
                                "Content-Type: text/plain\nContent-Transfer-Encoding: base64",
                                "\nThis is no base64, it leaks!!\n")
                        .words())
                .isNotBlank();
        assertThat(read("Content-Type: text/plain\nContent-Transfer-Encoding: x-mine", "\nIt leaks\n")
                        .words())
                .isEqualTo("It leaks");
        assertThat(read("Content-Type: nonsense; ; =", "\nIt leaks\n").words()).isEqualTo("It leaks");
    }

    @Test
    void comesToTheWordsOfAMailTwoHundredDeep() {
        var mail = new StringBuilder();
        for (int at = 0; at < 200; at++) {
            mail.append("Content-Type: multipart/mixed; boundary=b%1$d%n%n--b%1$d%n".formatted(at));
        }
        mail.append("Content-Type: text/plain\n\nIt leaks\n");

        assertThat(read(mail.toString(), "").words()).contains("It leaks");
    }

    @Test
    void keepsTheTextOfAPageAndNothingThatRunsOrIsFetched() {
        var words = read("Content-Type: text/html; charset=utf-8", """

                        <html><head><title>T</title><style>p{background:url(http://track.test/s)}</style></head>
                        <body onload="steal()"><p>It <b>leaks</b></p><script>alert(document.cookie)</script>
                        <img src="http://track.test/p.gif"><iframe src="http://evil.test"></iframe><a href="javascript:x()">here</a></body></html>
                        """).words();

        assertThat(words)
                .contains("It leaks", "here")
                .doesNotContain("<", "alert", "track.test", "evil.test", "javascript", "steal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Auto-Submitted: auto-replied",
                "Auto-Submitted: auto-generated; owner-email=\"x\"",
                "Precedence: bulk",
                "Precedence: list",
                "List-Id: <news.x.test>",
                "List-Unsubscribe: <https://x.test/u>",
                "X-Autoreply: yes",
                "Return-Path: <>",
                "Subject: Automatische Antwort: Hallo"
            })
    void takesAMachineForOne(String header) {
        assertThat(read(header, "\nI am away\n").notices())
                .extracting(Notice::kind)
                .containsExactly(NoticeKind.AUTOMATIC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"noreply@x.test", "no-reply+7@x.test", "DoNotReply@x.test", "notifications@x.test"})
    void takesNoPersonForWhoSaysThatNobodyReads(String from) {
        assertThat(ReadIncoming.read(mail("From: " + from, "\nYour invoice\n")).notices())
                .extracting(Notice::kind)
                .containsExactly(NoticeKind.AUTOMATIC);
    }

    @Test
    void knowsWhoWroteByName() {
        assertThat(read("Subject: Hello", "\nHi\n").name()).isEqualTo("Ana Souza");
        assertThat(ReadIncoming.read(mail("From: =?utf-8?Q?M=C3=ADra?= <mira@x.test>", "\nHi\n"))
                        .name())
                .isEqualTo("Míra");
        assertThat(ReadIncoming.read(mail("From: mira@x.test", "\nHi\n")).name())
                .isNull();
    }

    @Test
    void losesNoWordOfAMailOfTwentyFiveMegabytesAndTakesLittleMemoryForIt(@TempDir Path folder) throws IOException {
        var file = folder.resolve("large.eml");
        try (var out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            out.write(
                    "From: Ana Souza <ana@x.test>\r\nSubject: Film\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee how it leaks\r\n"
                            + "--b\r\nContent-Type: video/mp4; name=film.mp4\r\nContent-Disposition: attachment; filename=film.mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n");
            var line = "QUJD".repeat(19) + "\r\n";
            for (int at = 0; at < 25_000_000 / line.length(); at++) {
                out.write(line);
            }
            out.write("--b\r\nContent-Type: text/plain\r\n\r\nThank you\r\n--b--\r\n");
        }
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadAllocatedBytes();

        var read = ReadIncoming.read(file);

        assertThat(read.words()).contains("See how it leaks", "Thank you");
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(8_000_000);
        assertThat(read.files()).singleElement().satisfies(film -> {
            assertThat(film.name()).isEqualTo("film.mp4");
            assertThat(film.bytes()).isNull();
            assertThat(film.size()).isBetween(18_000_000L, 19_000_000L);
        });
    }

    @Test
    void keepsFilesAsTheyAreAndWritesPicturesAnew() throws IOException {
        var png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", png);
        var read = read(
                "Content-Type: multipart/mixed; boundary=b",
                "\n--b\nContent-Type: text/plain\n\nSee these\n"
                        + file("image/png; name=\"=?utf-8?Q?K=C3=BCche.png?=\"", png.toByteArray())
                        + file(
                                "text/html; name=\"../../evil.html\"",
                                "<script>x()</script>".getBytes(StandardCharsets.UTF_8))
                        + file("image/jpeg; name=broken.jpg", new byte[] {1, 2, 3})
                        + file("x/y; name=\"=?utf-8?Q?a=E2=80=AEgnp.exe?=\"", new byte[] {1})
                        + "--b--\n");

        assertThat(read.words()).isEqualTo("See these");
        assertThat(read.files())
                .extracting(Attached::name)
                .containsExactly("Küche.png", "_.._evil.html", "broken.jpg", "a gnp.exe");
        assertThat(read.files()).extracting(Attached::width).containsExactly(40, 0, 0, 0);
        assertThat(read.files().getFirst().type()).isEqualTo("image/jpeg");
        assertThat(read.files().get(1).bytes().remaining()).isEqualTo(20);
    }

    @Test
    void keepsNoMoreFilesThanItSaysAndNamesTheRest() {
        var mail = new StringBuilder("\n--b\nContent-Type: text/plain\n\nAll of them\n");
        for (int at = 0; at < 15; at++) {
            mail.append(file("application/pdf; name=" + at + ".pdf", new byte[] {1, 2, 3}));
        }

        var read = read("Content-Type: multipart/mixed; boundary=b", mail + "--b--\n");

        assertThat(read.files()).hasSize(15);
        assertThat(read.files()).filteredOn(file -> file.bytes() != null).hasSize(Attached.MOST);
    }

    private static String file(String type, byte[] bytes) {
        return "--b\nContent-Type: " + type
                + "\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n"
                + Base64.getMimeEncoder().encodeToString(bytes) + "\n";
    }

    private static Incoming read(String headers, String body) {
        return ReadIncoming.read(mail("From: Ana Souza <ana@x.test>\n" + headers, body));
    }

    private static byte[] mail(String headers, String body) {
        return (headers + "\n" + body)
                .replace("\r\n", "\n")
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
