package dev.afterword.worker.message.incoming;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** By what the head of a message shows who wrote it: a mail server, a machine that answers for somebody, or a person. */
final class Signs {
    private static final Pattern SERVER = Pattern.compile(
            "mailer-?daemon|mail[ ._-]?delivery|^\\W*postmaster|\\bpostmaster@|delivery subsystem|mail (system|administrator|error)|system administrator|symantec_antivirus|mail_?service|\\bimss@|\\bndr@|\\bmdaemon@|@?<>\\s*$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FAILED = Pattern.compile(
            "undeliver|not (be )?deliver|non-?delivery|deliver(y|ed)? (status )?(notification|report|fail|problem|delayed|error|warning)|deliver(y|ing) (has )?(fail|error|problem)|failure (notice|notif|deliver)|fail(ed|ure) (of )?(mail|deliver)|mail (delivery|system|error|failed|could)|returned (mail|to sender)|returning (message|mail)|message (not|delayed|undeliver)|could not be (delivered|sent)|rejected mail|processing error|non remis|not listed|recens|unzustellbar|nicht zugestellt|não entregue|no entregado|тавлено|warning: message|delayed mail",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern AWAY = Pattern.compile(
            "^\\s*((re|aw|sv):\\s*)*(out[ -]of[ -](the[ -])?office|auto(matic)?[- ]?(reply|response|responder|antwort)|automatische antwort|abwesen|abwesend|réponse automatique|respuesta automática|resposta automática|ausência|fuera de (la )?oficina|fora do escritório|absence du bureau|رد تلقائي|خارج المكتب|i am away|on vacation|vacation (reply|message)|your message to .* awaits)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** Addresses that say themselves that nobody reads what is written to them. */
    private static final Pattern NOBODY = Pattern.compile(
            "^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|nicht[-_.]?antworten|nao[-_.]?responda|no[-_.]?responder|bounces?|auto(?:mated|reply|responder)?|notifications?|root|cron|daemon|www-data)(?:[+_.-][^@]*)?@",
            Pattern.CASE_INSENSITIVE);

    private static final int LONGEST = 8_000;
    private static final int LONGEST_SUBJECT = 1_000;

    private final MimeMessage message;

    Signs(MimeMessage message) {
        this.message = message;
    }

    /** It may be news of a delivery in words: who sent it says so, or what it is about where a machine wrote it; people write that a parcel was not delivered. */
    boolean ofServer() {
        return header("X-Failed-Recipients") != null
                || SERVER.matcher(orEmpty(header("From"))).find()
                || (FAILED.matcher(subject()).find() && ofMachine())
                || (header("Subject") == null
                        && "<>".equals(orEmpty(header("Return-Path")).strip()));
    }

    /** Only a machine answers like this (RFC 3834, and what was before it). */
    boolean ofMachine() {
        var auto = lower("Auto-Submitted");
        var precedence = lower("Precedence");
        return (!auto.isEmpty() && !auto.startsWith("no"))
                || header("X-Autoreply") != null
                || header("X-Autorespond") != null
                || header("X-Auto-Reply") != null
                || header("X-Vacation") != null
                || (header("X-Auto-Response-Suppress") != null && header("In-Reply-To") == null)
                || precedence.equals("auto_reply")
                || precedence.equals("bulk")
                || precedence.equals("junk")
                || precedence.equals("list")
                || header("List-Id") != null
                || header("List-Unsubscribe") != null
                || NOBODY.matcher(orEmpty(MailAddresses.first(orEmpty(header("From")))))
                        .find()
                || AWAY.matcher(subject()).find()
                || "<>".equals(orEmpty(header("Return-Path")).strip());
    }

    /** What whoever wrote it is called; null where it does not say. */
    @Nullable
    String author() {
        try {
            var from = header("From");
            var first = from == null ? new InternetAddress[0] : InternetAddress.parseHeader(from, false);
            var name = first.length == 0 ? null : decoded(first[0].getPersonal());
            return name == null || name.isBlank() || name.contains("@") ? null : name.strip();
        } catch (AddressException e) {
            return null;
        }
    }

    /** In words, whatever it was encoded in; empty without one. */
    String subject() {
        var subject = decoded(header("Subject"));
        return subject.substring(0, Math.min(LONGEST_SUBJECT, subject.length()));
    }

    @Nullable
    String header(String name) {
        try {
            var value = message.getHeader(name, ", ");
            return value == null ? null : value.substring(0, Math.min(LONGEST, value.length()));
        } catch (MessagingException e) {
            return null;
        }
    }

    static String decoded(@Nullable String header) {
        if (header == null) {
            return "";
        }
        try {
            return MimeUtility.decodeText(MimeUtility.unfold(header));
        } catch (UnsupportedEncodingException | RuntimeException e) {
            return header;
        }
    }

    private String lower(String name) {
        return orEmpty(header(name)).strip().toLowerCase(Locale.ROOT);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
