package dev.afterword.db.inbox.notice;

import dev.afterword.db.Rejected;
import dev.afterword.db.workspace.Permission;
import dev.afterword.db.workspace.Role;
import java.util.Arrays;
import java.util.List;

/** What staff can be told of. */
public enum NoticeKind {
    ASSIGNED("assigned", About.CASE, Choice.NOW),
    MENTIONED("mentioned", About.CASE, Choice.NOW),
    /** A customer answered. */
    ANSWERED("answered", About.CASE, Choice.NOW),
    /** The time for which a case was put off is over. */
    RETURNED("returned", About.CASE, Choice.NOW),
    DUE_SOON("due-soon", About.CASE, Choice.DIGEST),
    BREACHED("breached", About.CASE, Choice.NOW),
    ESCALATED("escalated", About.CASE, Choice.NOW),
    /** Somebody wrote a note about an answer, for somebody to read. */
    SHARED("shared", About.RESPONSE, Choice.NOW),
    BAD_ANSWER("bad-answer", About.RESPONSE, Choice.DIGEST),
    /** A day that matters to a customer whom they keep in touch with. */
    OCCASION("occasion", About.OCCASION, Choice.DIGEST),
    POOL_LOW("pool-low", About.POOL, Choice.NOW),
    ENDPOINT_STOPPED("endpoint-stopped", About.ENDPOINT, Choice.NOW);

    private final String code;
    private final About about;
    private final Choice usual;

    NoticeKind(String code, About about, Choice usual) {
        this.code = code;
        this.about = about;
        this.usual = usual;
    }

    /** What a notice is about. */
    enum About {
        CASE,
        RESPONSE,
        OCCASION,
        POOL,
        ENDPOINT
    }

    public String code() {
        return code;
    }

    public static NoticeKind of(String code) {
        return Arrays.stream(values())
                .filter(kind -> kind.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new Rejected("notice.kind-unknown", "kind", code));
    }

    About about() {
        return about;
    }

    /** How somebody is told who has not said how. */
    public Choice usual() {
        return usual;
    }

    /** Whether somebody in that role may hear of it at all. */
    public boolean mayHear(Role role) {
        return switch (this) {
            case ASSIGNED, MENTIONED, ANSWERED, RETURNED, DUE_SOON, BREACHED -> role.may(Permission.ANSWER_CASES);
            case BAD_ANSWER, OCCASION, SHARED -> role.maySeeCustomers();
            case ESCALATED -> role.may(Permission.MANAGE_PEOPLE);
            case POOL_LOW -> role.mayConfigure();
            case ENDPOINT_STOPPED -> role.may(Permission.MANAGE_KEYS);
        };
    }

    /** Whether somebody in that role hears of what is nobody's in particular: a case without an owner is support's, the owners' and whose role was made for it. */
    boolean hears(Role role) {
        return switch (this) {
            case DUE_SOON, BREACHED ->
                role.equals(Role.SUPPORT)
                        || role.equals(Role.OWNER)
                        || (role.custom() && role.may(Permission.ANSWER_CASES));
            case ASSIGNED, MENTIONED, ANSWERED, RETURNED, OCCASION, SHARED -> false;
            case ESCALATED, BAD_ANSWER, POOL_LOW, ENDPOINT_STOPPED -> mayHear(role);
        };
    }

    /** Those that somebody in that role may hear of. */
    public static List<NoticeKind> of(Role role) {
        return Arrays.stream(values()).filter(kind -> kind.mayHear(role)).toList();
    }
}
