package dev.afterword.db.message.incoming;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose fault it is that a mail did not arrive, by its status code (RFC 3463, 5248, 7372) and by what the server said. What is held against us, or against the
 * mail, is never held against the person: in doubt a failure is soft.
 */
public final class JudgeFailure {
    private static final Pattern ENHANCED = Pattern.compile("(?<![\\d.])([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\d.]*\\d)");
    private static final Pattern BASIC =
            Pattern.compile("(?<![\\d.#-])([45]\\d\\d)(?=[ -])(?!-\\d{3}-)(?![ -]\\d{3}\\D\\d)");
    /** What stands in addresses, hosts and links is no word about the failure. */
    private static final Pattern NAMES = Pattern.compile(
            "<[^<>\\s]{0,200}@[^<>\\s]{0,200}>|\\S{1,200}@\\S{1,200}|https?://\\S+|\\b[\\w-]+(\\.[\\w-]+){2,}\\b");

    private static final Pattern POLICY = Pattern.compile(
            "\\bspam|unsolicited|black\\W?list|block\\W?list|\\bdnsbl|\\brbl\\b|reputation|\\bpolicy\\b|\\bpolicies\\b|\\bspf\\b|\\bdkim\\b|\\bdmarc\\b|(sender|message|mail|e-mail|host|ip|address|content|connection|you|has been|was|were|is|are) (was |is |been )?(blocked|banned)"
                    + "|not accepting (e-?mail|mail|messages) from|unauthenticated|not authenticated|authentication (is )?required|not authori[sz]ed|relay(ing)? (access )?(is )?(denied|not permitted|not allowed)|unable to relay|\\bvirus|malware|phish|suspicious"
                    + "|content (was )?(rejected|denied)|rejected (due to|because of|for) (its |the )?content|too many (messages|connections|recipients)|rate.?limit|sending limit"
                    + "|bad reputation|grey\\W?list|sender (address |domain |verify )?(rejected|denied|failed|failure|refused|not)|reverse dns|\\bptr\\b|rdns",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MAIL_ITSELF = Pattern.compile(
            "(message|mail|e-mail|size)[^.;]{0,30}(too (large|big)|exceed(s|ed)? (the )?(maximum|max|fixed|size|limit)|size limit)|maximum (inbound |incoming )?message size|hop count|too many hops|\\bloop(ing|s)?\\b|malformed|no \\S+ field|line too long",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FULL = Pattern.compile(
            "quota|(mail ?box|mail ?folder|mail ?drop|account|storage|disk)\\W{0,3}(\\w+\\W+){0,3}(is |was )?(full|exceeded|over)|(full|not enough|insufficient) (mail ?box|mail ?folder|storage|space|disk)|space not enough|too much mail",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern UNKNOWN = Pattern.compile(
            "(user|recipient|mail ?box|address|account|addressee|userid|alias|name|person|login|subscriber)\\W{0,3}(\\w+\\W+){0,3}(unknown|not known|not found|not recogni[sz]ed|not listed|not local|not exist|n.t exist|no longer (valid|exists|available|active)|invalid|disabled|discontinued|inactive|suspended|closed|deactivated|rejected: user)"
                    + "|(unknown|unrecogni[sz]ed|invalid|no such|no valid|not a valid|illegal|non-?existent|bad destination|nonexistent|undefined|not our) (or illegal |final delivery |local |e-?mail |mail |destination |email )?(user|recipient|mail ?box|address|account|customer|alias|person|userid|domain|host)"
                    + "|no (mail ?box|user|account)( here)? (by|with|under|of) (that|this|such) name|(does|did) ?n.t have an? \\S* ?account|did not exactly match|no matches to|does not like recipient|user unknown|unknown user"
                    + "|unknown host|host (\\S+ )?(not found|unknown)|domain (\\S+ )?(not found|does not exist|unknown)|name service error for domain|n'existe pas|non recens|no existe|unbekannt|existiert nicht|inexistente|desconhecid|desconocid|unknown (mailbox|user|account)",
            Pattern.CASE_INSENSITIVE);

    private JudgeFailure() {}

    /**
     * Hard, soft or policy.
     *
     * @param status an enhanced status code; null or a general one ({@code 5.0.0}) where the words must tell
     * @param said everything that was said about it
     */
    public static NoticeKind kind(@Nullable String status, String said) {
        var words = NAMES.matcher(said).replaceAll(" ");
        var code = status == null || general(status) ? first(said, status) : status;
        if (code != null && ours(code)) {
            return NoticeKind.POLICY;
        }
        if (POLICY.matcher(words).find()) {
            return NoticeKind.POLICY;
        }
        if (code != null && noMailbox(code)) {
            return NoticeKind.HARD;
        }
        if (FULL.matcher(words).find()) {
            return NoticeKind.SOFT;
        }
        if (MAIL_ITSELF.matcher(words).find()) {
            return NoticeKind.POLICY;
        }
        boolean mayBeHard = code == null || (general(code) && code.startsWith("5")) || code.equals("5.1.0");
        return mayBeHard && UNKNOWN.matcher(words).find() ? NoticeKind.HARD : NoticeKind.SOFT;
    }

    /** The enhanced status code that a text names, a telling one before a general one; null without one. */
    public static @Nullable String status(String said) {
        return first(said, null);
    }

    private static @Nullable String first(String said, @Nullable String otherwise) {
        var found = otherwise;
        var codes = ENHANCED.matcher(said);
        while (codes.find()) {
            if (!codes.group(1).startsWith("2") && !general(codes.group(1))) {
                return codes.group(1);
            }
            found = found == null && !codes.group(1).startsWith("2") ? codes.group(1) : found;
        }
        var basic = BASIC.matcher(said);
        return found == null && basic.find() ? basic.group(1).charAt(0) + ".0.0" : found;
    }

    private static boolean general(String code) {
        return code.endsWith(".0.0") || code.endsWith(".3.0");
    }

    /** Security and policy, content, protocol, the sender's own address, and a size that the server does not take. */
    private static boolean ours(String code) {
        var detail = code.substring(2);
        return detail.startsWith("7.")
                || detail.startsWith("6.")
                || detail.equals("1.7")
                || detail.equals("1.8")
                || detail.equals("2.3")
                || detail.equals("3.4")
                || detail.equals("4.6");
    }

    /** RFC 3463 §3.2, RFC 7505; a disabled mailbox too, for which {@link Consequence} waits for a second time. */
    private static boolean noMailbox(String code) {
        return switch (code) {
            case "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1" -> true;
            default -> false;
        };
    }
}
