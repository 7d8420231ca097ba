package dev.afterword.worker.message.incoming;

import dev.afterword.db.message.incoming.JudgeFailure;
import dev.afterword.db.message.incoming.Notice;
import dev.afterword.db.message.incoming.NoticeKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * News of a delivery that follows no standard, as servers have written it to people for forty years: which addresses are said to have failed, and with what
 * words. What it finds is a guess, and marked so.
 */
final class FreeText {
    private static final String ADDRESS = "(?:<|\\[SMTP:|\"|')?\\S+@\\S+?";
    /** Here begins the mail that came back. */
    private static final Pattern COPY = Pattern.compile(
            "(?im)^[\\W_]{0,60}(below (this|the next) line|here is a copy|this is a copy|included is a copy|a copy of the original message|(the )?(header|headers)( and top \\d+ lines)? of the (original )?message|(the )?original message( as received)?( is)? (follow|text|header|attached)|original message\\s*[-:]|message (text|header|headers|body|removed)\\b|returned mail|start of returned|unsent message|your message reads|header of the source|mensa[jg]e original|mensagem original|forwarded message|old message:|a summary of the undelivered|the first \\d+ lines|attachment is a copy|ursprüngliche nachricht)|^(>?Received:|>?Return-Path:)\\s");

    private static final Pattern STILL_TRYING = Pattern.compile(
            "(attempts? (will|to deliver will) (continue|be made)|will (be retried|continue to (try|attempt)|keep trying|retry|attempt to deliver)|has (been delayed|not yet been delivered|been postponed)|not yet been delivered|(has been|was) delayed|delayed (\\d+|for)|this is (just |only )?a warning|warning message only|attempts to be made|advisory-only)",
            Pattern.CASE_INSENSITIVE);
    /** A line that is an address, or begins with one that something is said about. */
    private static final Pattern OWN_LINE = Pattern.compile(
            "^[\\s>*\\-•|\"']*" + ADDRESS + "[>\"'\\])]*\\s*(?:$|:|;|,|<|\\.\\.\\.|- |\\(|on \\w{3},|no matches|=20)",
            Pattern.CASE_INSENSITIVE);
    /** What is said just before an address that failed. */
    private static final Pattern NAMED = Pattern.compile(
            "(?:undeliverable +to|deliver(?:ed|y)?(?: of)?(?: your| this| the)?(?: message| mail| e-?mail)? to(?: the following (?:address|recipient|user)\\S*)?:?|failed \\d+ attempts:|recipient(?:\\(s\\)|s)?:|address(?:es)?(?:\\(s\\))?:|error-for:|user:|userid:|account:|your message to|message to|addressed to(?: email address)?|addressed,|delivre a|reach the following recipient\\S*|mailbox is full:|quota violation for|mailbox of|(?:generated|expanded) from:?|originally addressed to|(?:rcpt|sent) to:|dda:smtp=|gateway for|invalid .{0,30}:|recipient address rejected:|local mailbox|mailbox|recipient|user|account|\\b5\\d\\d(?: \\d\\.\\d+\\.\\d+)?:?)\\W{0,6}(?:\\[smtp:)?$",
            Pattern.CASE_INSENSITIVE);
    /** Whom to ask, or who wrote: not who failed. */
    private static final Pattern SOMEBODY_ELSE = Pattern.compile(
            "(contact|reply to|write to|e-?mail to|from|by|sender|postmaster|support|help|envelope-from|mail from:|try (e-?mailing to)?|delegat\\w+)\\W{0,4}$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern LIST_FOLLOWS =
            Pattern.compile("recipients?\\b.{0,120}:\\s*$", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    /** The subject of our own mail says nothing about what became of it. */
    private static final Pattern SUBJECT = Pattern.compile("(?im)^.{0,40}\\bsubject\\b.*$");

    private static final Pattern LONE_NAME = Pattern.compile("^\\s+([\\w.-]{2,40})\\s*$");
    private static final int LONGEST_LINE = 500;
    private static final int NEIGHBOURS = 4;

    private FreeText() {}

    /**
     * What the text says; empty where it names no failure.
     *
     * @param failed addresses that a header names as failed
     * @param from who wrote it: an address without its domain is one of theirs
     */
    static List<Notice> notices(String text, List<String> failed, @Nullable String from) {
        var said = SUBJECT.matcher(beforeCopy(text)).replaceAll("");
        var lines = said.lines()
                .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line)
                .toList();
        var found = new LinkedHashMap<String, String>();
        failed.forEach(address -> found.putIfAbsent(fold(address), address));
        for (int at = 0; at < lines.size(); at++) {
            for (var address : named(lines, at)) {
                found.putIfAbsent(fold(address), address);
            }
        }
        if (found.isEmpty()) {
            lines.stream()
                    .filter(line -> line.strip().toLowerCase(Locale.ROOT).startsWith("to:"))
                    .flatMap(line -> MailAddresses.all(line).stream())
                    .forEach(address -> found.putIfAbsent(fold(address), address));
        }
        if (found.isEmpty()) {
            loneNames(said, lines, from).forEach(address -> found.putIfAbsent(fold(address), address));
        }
        boolean delayed = STILL_TRYING.matcher(said.replaceAll("\\s+", " ")).find();
        if (found.isEmpty()) {
            return delayed
                            || JudgeFailure.status(said) != null
                            || said.toLowerCase(Locale.ROOT).contains("deliver")
                    ? List.of(notice(null, said, delayed))
                    : List.of();
        }
        return found.values().stream()
                .map(address -> notice(address, found.size() == 1 ? said : about(address, lines), delayed))
                .toList();
    }

    private static Notice notice(@Nullable String address, String said, boolean delayed) {
        return new Notice(
                delayed ? NoticeKind.DELAYED : JudgeFailure.kind(null, said),
                address,
                JudgeFailure.status(said),
                said,
                false);
    }

    private static String beforeCopy(String text) {
        var copy = COPY.matcher(text);
        return copy.find() && !text.substring(0, copy.start()).isBlank() ? text.substring(0, copy.start()) : text;
    }

    /** The addresses of a line that are said to have failed. */
    private static Set<String> named(List<String> lines, int at) {
        var line = lines.get(at);
        var named = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
        var all = MailAddresses.all(line);
        if (all.isEmpty()) {
            return named;
        }
        if (OWN_LINE.matcher(line).find()) {
            named.add(all.getFirst());
        }
        for (var address : all) {
            var before = line.substring(0, line.indexOf(address));
            var context = before.isBlank() && at > 0 ? lines.get(at - 1) + " " : before;
            if (NAMED.matcher(context).find() && !before.strip().equalsIgnoreCase("to:")) {
                named.add(address);
            }
            if (SOMEBODY_ELSE.matcher(before).find() && !NAMED.matcher(before).find()) {
                named.remove(address);
            }
        }
        named.removeIf(address -> address.toLowerCase(Locale.ROOT).startsWith("postmaster@")
                || address.toLowerCase(Locale.ROOT).startsWith("mailer-daemon@"));
        return named;
    }

    /** Names without a domain beneath “the following recipients”: of the domain that says so. */
    private static List<String> loneNames(String said, List<String> lines, @Nullable String from) {
        var address = from == null ? null : MailAddresses.first(from);
        var names = new ArrayList<String>();
        boolean list = false;
        var open = new StringBuilder();
        for (var line : lines) {
            open.append(line).append('\n');
            var name = LONE_NAME.matcher(line);
            if (list && name.matches() && address != null) {
                names.add(
                        name.group(1) + address.substring(address.indexOf('@')).toLowerCase(Locale.ROOT));
            } else if (!line.isBlank()) {
                list = LIST_FOLLOWS
                        .matcher(open.substring(Math.max(0, open.length() - 200)))
                        .find();
            }
        }
        return said.isBlank() ? List.of() : names;
    }

    /** What stands around an address where several failed, each for its own reason. */
    private static String about(String address, List<String> lines) {
        var about = new StringBuilder();
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).contains(address)) {
                about.append(lines.get(at)).append('\n');
                for (int next = at + 1; next < Math.min(lines.size(), at + NEIGHBOURS); next++) {
                    if (lines.get(next).isBlank()
                            || MailAddresses.all(lines.get(next)).stream().anyMatch(other -> !other.equals(address))) {
                        break;
                    }
                    about.append(lines.get(next)).append('\n');
                }
            }
        }
        return about.toString();
    }

    private static String fold(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
