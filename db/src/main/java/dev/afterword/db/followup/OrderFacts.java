package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.message.AllowedHours;
import dev.afterword.db.message.Locality;
import dev.afterword.db.message.SendState;
import dev.afterword.db.message.SkipReason;
import dev.afterword.db.workspace.Workspace;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What deciding about one order needs to know: the order, its customer, and what was decided before.
 *
 * @param deliveredAt when it was delivered; for an order that is delivered at an unknown time, when that became known
 * @param invitedByOthers the shop's own program has asked about this order
 * @param answered there is a confirmed answer about this order
 * @param plannedNotAfter of the earlier decision
 */
record OrderFacts(
        UUID orderId,
        UUID contactId,
        String status,
        boolean test,
        @Nullable String channel,
        Instant placedAt,
        @Nullable Instant shippedAt,
        @Nullable Instant deliveredAt,
        @Nullable String address,
        @Nullable String locale,
        @Nullable String timeZone,
        @Nullable String country,
        boolean invitedByOthers,
        boolean answered,
        @Nullable UUID enrollmentId,
        @Nullable UUID invitationId,
        @Nullable UUID sendId,
        @Nullable SendState state,
        @Nullable SkipReason skipReason,
        @Nullable Instant plannedNotAfter) {

    /** {@code $1} the workspace, {@code $2} the orders, {@code $3} the follow-up, {@code $4} its survey. */
    static final String SQL = """
            select o.id as order_id, o.contact_id, o.status, o.test, o.channel, o.placed_at, o.shipped_at,
                case when o.status = 'delivered' then coalesce(o.delivered_at, o.updated_at, o.created_at) else o.delivered_at end as delivered_at,
                c.address, c.locale, c.time_zone, coalesce(c.country, o.country) as country,
                i.id is not null and i.id is distinct from e.invitation_id as invited_by_others,
                i.answered_at is not null or exists (
                    select from response r where r.workspace_id = $1 and r.order_id = o.id and r.survey_id = $4 and r.confirmed_at is not null and r.discarded_at is null) as answered,
                e.id as enrollment_id, e.invitation_id, s.id as send_id, s.state, s.skip_reason, s.not_after
            from customer_order o
            join contact c on c.workspace_id = $1 and c.id = o.contact_id
            left join enrollment e on e.workspace_id = $1 and e.follow_up_id = $3 and e.order_id = o.id
            left join send s on s.workspace_id = $1 and s.enrollment_id = e.id and s.step = 'ask'
            left join invitation i on i.workspace_id = $1 and i.survey_id = $4 and i.order_id = o.id
            where o.workspace_id = $1 and o.id = any($2)
            """;

    static OrderFacts read(Readable row) {
        var state = row.get("state", String.class);
        var reason = row.get("skip_reason", String.class);
        return new OrderFacts(
                value(row, "order_id", UUID.class),
                value(row, "contact_id", UUID.class),
                value(row, "status", String.class),
                value(row, "test", Boolean.class),
                row.get("channel", String.class),
                value(row, "placed_at", Instant.class),
                row.get("shipped_at", Instant.class),
                row.get("delivered_at", Instant.class),
                row.get("address", String.class),
                row.get("locale", String.class),
                row.get("time_zone", String.class),
                row.get("country", String.class),
                value(row, "invited_by_others", Boolean.class),
                value(row, "answered", Boolean.class),
                row.get("enrollment_id", UUID.class),
                row.get("invitation_id", UUID.class),
                row.get("send_id", UUID.class),
                state == null ? null : SendState.of(state),
                reason == null ? null : SkipReason.of(reason),
                row.get("not_after", Instant.class));
    }

    /** Whether the message is still ours to plan: not under way, and nothing became of it. */
    boolean open() {
        return state == null || state == SendState.PLANNED || state == SendState.SKIPPED;
    }

    String language(Workspace workspace) {
        return Locality.language(locale, country, workspace.language());
    }

    /** When it goes out: the intended moment, or the next that the workspace allows in the customer's zone; null while nothing is due. */
    @Nullable
    Instant due(FollowUp followUp, Workspace workspace) {
        var zone = Locality.zone(timeZone, country, workspace.zone());
        var intended = followUp.intended(deliveredAt, shippedAt, zone);
        return intended == null
                ? null
                : new AllowedHours(workspace.allowedFrom(), workspace.allowedUntil()).next(intended, zone);
    }

    /** Why nobody is asked about this order, as far as the order itself says; null when somebody may be. */
    @Nullable
    SkipReason refused(Workspace workspace) {
        if (test) {
            return SkipReason.TEST_ORDER;
        }
        if (status.equals("cancelled")) {
            return SkipReason.CANCELLED;
        }
        if (status.equals("refunded")) {
            return SkipReason.REFUNDED;
        }
        var channels = workspace.channels();
        if (channels != null && (channel == null || !channels.contains(channel))) {
            return SkipReason.CHANNEL_NOT_ASKED;
        }
        if (answered) {
            return SkipReason.ANSWERED;
        }
        return invitedByOthers ? SkipReason.ALREADY_ASKED : null;
    }
}
