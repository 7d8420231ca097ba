package dev.afterword.worker.message;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What we encode, the mail library decodes to the same. */
class QuotedPrintableTest {
    @RepeatedTest(200)
    void isDecodedToTheSameText(RepetitionInfo repetition) throws IOException, MessagingException {
        var text = anyText(new Random(repetition.getCurrentRepetition()));

        var encoded = QuotedPrintable.encode(text);

        assertThat(decoded(encoded)).isEqualTo(text.replace("\r\n", "\n").replace("\n", "\r\n"));
        assertThat(new String(encoded, StandardCharsets.US_ASCII).split("\r\n", -1))
                .allMatch(line ->
                        line.length() <= 76 && line.chars().allMatch(one -> one == '\t' || (one >= ' ' && one <= '~')));
    }

    @Test
    void breaksLongLinesSoftlyAndKeepsSpacesAtTheirEnds() {
        assertThat(encoded("a = b \nMíra\t\r\n" + "x".repeat(80)))
                .isEqualTo("a =3D b=20\r\nM=C3=ADra=09\r\n" + "x".repeat(75) + "=\r\n" + "x".repeat(5));
    }

    /** Of letters, and of what is hard: ends of lines, white space before them, the sign itself, and characters of two to four octets. */
    private static String anyText(Random random) {
        var signs = new String[] {"a", "B", ".", " ", "\t", "=", "\n", "\r\n", "\r", "é", "م", "€", "🎁", "\u0000"};
        return random.ints(random.nextInt(400), 0, signs.length)
                .mapToObj(sign -> signs[sign])
                .collect(Collectors.joining());
    }

    private static String encoded(String text) {
        return new String(QuotedPrintable.encode(text), StandardCharsets.US_ASCII);
    }

    private static String decoded(byte[] encoded) throws IOException, MessagingException {
        try (var in = MimeUtility.decode(new ByteArrayInputStream(encoded), "quoted-printable")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
