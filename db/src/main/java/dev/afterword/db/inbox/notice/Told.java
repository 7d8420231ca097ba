package dev.afterword.db.inbox.notice;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.workspace.Role;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a mail tells, as it stands now.
 *
 * @param role what the reader may do in the workspace now
 * @param thing the subject of the case, or the name of the survey, occasion, pool or endpoint
 * @param who the customer, or the staff member whose doing it is; null for nobody known
 * @param words what a customer or a note says
 * @param place what the page's address ends with
 */
record Told(
        NoticeKind kind,
        Role role,
        String thing,
        @Nullable String who,
        @Nullable String words,
        @Nullable String detail,
        String place,
        ZoneId zone) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH);
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("EEEE d MMMM, HH:mm", Locale.ENGLISH);

    static Told read(Readable row) {
        var kind = NoticeKind.of(value(row, "kind", String.class));
        var subject = value(row, "subject_id", UUID.class);
        var zone = ZoneId.of(value(row, "zone", String.class));
        var detail = row.get("detail", String.class);
        var role = Role.read(row);
        return switch (kind.about()) {
            case CASE -> {
                var spoken = kind == NoticeKind.MENTIONED || kind == NoticeKind.ANSWERED;
                yield new Told(
                        kind,
                        role,
                        text(row, "case_subject"),
                        row.get(
                                kind == NoticeKind.ASSIGNED || kind == NoticeKind.MENTIONED ? "actor" : "customer",
                                String.class),
                        spoken ? row.get("entry_words", String.class) : null,
                        detail,
                        "/inbox/" + subject,
                        zone);
            }
            case RESPONSE ->
                new Told(
                        kind,
                        role,
                        text(row, "survey"),
                        row.get(kind == NoticeKind.SHARED ? "actor" : "customer", String.class),
                        row.get(kind == NoticeKind.SHARED ? "note_words" : "answer_words", String.class),
                        detail,
                        "/responses/" + subject,
                        zone);
            case OCCASION ->
                new Told(
                        kind,
                        role,
                        text(row, "occasion"),
                        row.get("customer", String.class),
                        null,
                        detail,
                        "/customers/" + row.get("occasion_contact", UUID.class),
                        zone);
            case POOL ->
                new Told(
                        kind,
                        role,
                        text(row, "pool"),
                        null,
                        null,
                        String.valueOf(row.get("codes_left", Long.class)),
                        "/settings/rewards/" + text(row, "pool_key"),
                        zone);
            case ENDPOINT ->
                new Told(
                        kind,
                        role,
                        text(row, "endpoint"),
                        null,
                        null,
                        text(row, "endpoint_url"),
                        "/settings/endpoints/" + text(row, "endpoint"),
                        zone);
        };
    }

    private static String text(Readable row, String column) {
        var text = row.get(column, String.class);
        return text == null ? "…" : text;
    }

    /** What is due, as {@code first} or {@code solve}; empty where nothing is. */
    String due() {
        var timed = kind == NoticeKind.DUE_SOON || kind == NoticeKind.BREACHED || kind == NoticeKind.ESCALATED;
        return timed && detail != null ? detail.substring(0, detail.indexOf('@')) : "";
    }

    /** A time in words of the workspace's zone, or what stands there. */
    String said() {
        if (detail == null) {
            return "";
        }
        if (kind == NoticeKind.OCCASION) {
            return DAY.format(LocalDate.parse(detail));
        }
        return due().isEmpty()
                ? detail
                : WHEN.format(
                        Instant.parse(detail.substring(detail.indexOf('@') + 1)).atZone(zone));
    }
}
