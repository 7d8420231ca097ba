package dev.afterword.worker.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.message.sender.SigningKey;
import dev.afterword.db.message.sender.SigningKey.Algorithm;
import jakarta.mail.Session;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we sign, somebody else's verifier believes, and nothing that was changed since. */
class DkimSignatureTest {
    private static final KeyPair RSA = pair("RSA", 2048);
    private static final KeyPair ED25519 = pair("Ed25519", 255);

    @Test
    void isBelievedByAnotherVerifier() throws Exception {
        var records = verify(signed(List.of(rsa())));

        assertThat(records).hasSize(1);
        assertThat(records.getFirst().getDToken().toString()).isEqualTo("shop.example");
        assertThat(records.getFirst().getHeaders().stream().map(CharSequence::toString))
                .contains("list-unsubscribe", "list-unsubscribe-post", "feedback-id", "subject", "to", "message-id")
                .filteredOn(name -> name.equals("from"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Feedback-ID: a|Feedback-ID: b",
                "Subject: =?|Subject: x=?",
                "List-Unsubscribe-Post: L|List-Unsubscribe-Post: M",
                "<https://feedback|<https://feedbacc",
                "hello@shop.example>|other@shop.example>",
                "From: |From: Somebody <else@x.test>\r\nFrom: ",
                "Wie war|Wie was"
            })
    void isNotBelievedWhereSomethingWasChanged(String change) throws Exception {
        var from = change.substring(0, change.indexOf('|'));
        var to = change.substring(change.indexOf('|') + 1);
        var mail = new String(signed(List.of(rsa())), StandardCharsets.UTF_8);
        int head = mail.indexOf("Date: ");
        int at = mail.indexOf(from, head);
        assertThat(at).isPositive();
        var changed = mail.substring(0, at) + to + mail.substring(at + from.length());

        assertThatThrownBy(() -> verify(changed.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(FailException.class);
    }

    @Test
    void survivesWhatServersDoToSpacesAndFolding() throws Exception {
        var mail = new String(signed(List.of(rsa())), StandardCharsets.UTF_8);

        var changed = mail.replace(">,\r\n <mailto", ">,  \r\n\t<mailto").replace("\r\n\r\n", "\r\n\r\n") + "\r\n\r\n";

        assertThat(verify(changed.getBytes(StandardCharsets.UTF_8))).hasSize(1);
    }

    @Test
    void signsWithBothKeysAndWritesTheSameBytesEachTime() throws Exception {
        var letter =
                MimeLetter.of(Session.getInstance(new Properties()), MimeLetterTest.mail(true), MimeLetterTest.SENT);
        letter.sign(List.of(ed25519(), rsa()), MimeLetterTest.SENT);
        var bytes = MimeLetterTest.bytes(letter);

        assertThat(bytes).isEqualTo(MimeLetterTest.bytes(letter));
        var text = new String(bytes, StandardCharsets.UTF_8);
        assertThat(text).startsWith("DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=shop.example;\r\n");
        assertThat(text).contains("\r\nDKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=shop.example;\r\n");
        assertThat(text.lines()).allMatch(line -> line.length() <= 98 || !line.startsWith("DKIM"));
        write(bytes);
    }

    /** For a verifier of another language: {@code -Dafterword.dkim=FOLDER} gets the mail and its records. */
    private static void write(byte[] mail) throws IOException {
        var folder = System.getProperty("afterword.dkim");
        if (folder != null) {
            Files.write(Path.of(folder, "signed.eml"), mail);
            var ed25519 = ED25519.getPublic().getEncoded();
            Files.writeString(
                    Path.of(folder, "records.txt"),
                    "r._domainkey.shop.example. v=DKIM1; k=rsa; p="
                            + Base64.getEncoder().encodeToString(RSA.getPublic().getEncoded())
                            + "\ne._domainkey.shop.example. v=DKIM1; k=ed25519; p="
                            + Base64.getEncoder()
                                    .encodeToString(Arrays.copyOfRange(ed25519, ed25519.length - 32, ed25519.length))
                            + "\n");
        }
    }

    private static byte[] signed(List<SigningKey> keys) throws Exception {
        var letter =
                MimeLetter.of(Session.getInstance(new Properties()), MimeLetterTest.mail(true), MimeLetterTest.SENT);
        letter.sign(keys, MimeLetterTest.SENT);
        return MimeLetterTest.bytes(letter);
    }

    private static List<SignatureRecord> verify(byte[] mail) throws FailException, IOException {
        var record = "v=DKIM1; k=rsa; p="
                + Base64.getEncoder().encodeToString(RSA.getPublic().getEncoded());
        return new DKIMVerifier((method, selector, token) -> List.of(record)).verify(new ByteArrayInputStream(mail));
    }

    private static SigningKey rsa() {
        return new SigningKey("shop.example", "r", Algorithm.RSA, RSA.getPrivate());
    }

    private static SigningKey ed25519() {
        return new SigningKey("shop.example", "e", Algorithm.ED25519, ED25519.getPrivate());
    }

    private static KeyPair pair(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
