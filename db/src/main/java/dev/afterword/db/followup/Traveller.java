package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.followup.journey.Known;
import dev.afterword.db.followup.journey.Passed;
import dev.afterword.db.followup.journey.Standing;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.followup.journey.Written;
import dev.afterword.db.message.Locality;
import dev.afterword.db.message.SendState;
import dev.afterword.db.message.SkipReason;
import dev.afterword.db.workspace.Workspace;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody who goes through a follow-up, and what deciding about them needs to know.
 *
 * @param sends by the key of the step
 * @param order null for a journey that is not about one
 * @param troubled support works on a case of theirs, about this order or about none, that this journey did not open
 */
record Traveller(
        UUID enrollmentId,
        UUID versionId,
        UUID contactId,
        @Nullable UUID responseId,
        Instant begunAt,
        boolean imported,
        boolean holdout,
        Map<String, Passed> passed,
        Map<String, Sent> sends,
        @Nullable String address,
        @Nullable String locale,
        @Nullable String timeZone,
        @Nullable String country,
        @Nullable Purchase order,
        boolean troubled,
        Known known) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Passed>> PASSED = new TypeReference<>() {};
    private static final TypeReference<Map<String, Sent>> SENDS = new TypeReference<>() {};
    private static final TypeReference<Map<String, UUID>> IDS = new TypeReference<>() {};

    /**
     * The order that a journey is about.
     *
     * @param deliveredAt for an order that is delivered at an unknown time, when that became known
     * @param returned every line of it came back
     * @param invitations that were made about it, by the survey's key
     * @param answered the keys of the surveys with a confirmed answer about it
     */
    record Purchase(
            UUID id,
            String status,
            boolean test,
            boolean returned,
            @Nullable String channel,
            Instant placedAt,
            @Nullable Instant shippedAt,
            @Nullable Instant deliveredAt,
            Map<String, UUID> invitations,
            List<String> answered) {}

    /** The message of a step as it is stored. */
    record Sent(
            UUID id,
            String state,
            @Nullable String reason,
            Instant dueAt,
            Instant notAfter,
            @Nullable Instant finishedAt,
            @Nullable UUID invitationId,
            boolean answered) {
        boolean planned() {
            return state.equals("planned");
        }

        /** Whether it is still ours to plan: not under way, and nothing became of it. */
        boolean open() {
            return planned() || state.equals("skipped");
        }

        /** Whether, unless it is that of the next step, it was planned in one that is gone. */
        boolean strayed() {
            return planned() || SkipReason.STEP_GONE.code().equals(reason);
        }

        /** The invitation of it for another message, about which nothing is decided yet. */
        Sent in(UUID other) {
            return new Sent(
                    other,
                    SendState.SKIPPED.code(),
                    SkipReason.STEP_GONE.code(),
                    dueAt,
                    notAfter,
                    finishedAt,
                    invitationId,
                    answered);
        }

        Sent answeredIf(boolean there) {
            return new Sent(id, state, reason, dueAt, notAfter, finishedAt, invitationId, there);
        }

        /** What became of it, as conditions say it. */
        String word() {
            if (answered) {
                return "answered";
            }
            return switch (SendState.of(state)) {
                case PLANNED, LEASED, SUBMITTING -> "planned";
                case ACCEPTED, UNKNOWN -> "sent";
                case REJECTED, FAILED, SKIPPED -> "not-sent";
            };
        }

        Written written() {
            return new Written(
                    SendState.of(state), reason == null ? null : SkipReason.of(reason), dueAt, finishedAt, answered);
        }
    }

    /** {@code $1} the workspace, {@code $2} the enrollments; what is running, its rows locked. */
    static final String SQL = """
            select e.id, e.version_id, e.contact_id, e.response_id, e.begun_at, e.imported, e.holdout, e.passed, c.address, c.time_zone, %s,
                o.id as order_id, o.test, o.placed_at, o.shipped_at,
                case when o.status = 'delivered' then coalesce(o.delivered_at, o.updated_at, o.created_at) else o.delivered_at end as delivered_at,
                coalesce(l.returned, false) as returned,
                exists (select from support_case k where k.workspace_id = $1 and k.contact_id = e.contact_id and k.status in ('open', 'waiting') and k.kind <> 'compliment'
                    and k.enrollment_id is distinct from e.id and (k.order_id is null or e.order_id is null or k.order_id = e.order_id)) as troubled, s.sends, v.invitations,
                array(select distinct y.key from response r join survey y on y.workspace_id = $1 and y.id = r.survey_id
                    where r.workspace_id = $1 and r.order_id = e.order_id and r.confirmed_at is not null and r.discarded_at is null) as answered
            from enrollment e
            join contact c on c.workspace_id = $1 and c.id = e.contact_id
            left join customer_order o on o.workspace_id = $1 and o.id = e.order_id
            left join lateral (%s) l on true
            left join lateral (
                select jsonb_object_agg(d.step, jsonb_build_object('id', d.id, 'state', d.state, 'reason', d.skip_reason, 'dueAt', d.due_at, 'notAfter', d.not_after,
                    'finishedAt', d.finished_at, 'invitationId', d.invitation_id, 'answered', i.answered_at is not null)) as sends
                from send d left join invitation i on i.workspace_id = $1 and i.id = d.invitation_id
                where d.workspace_id = $1 and d.enrollment_id = e.id) s on true
            left join lateral (
                select jsonb_object_agg(y.key, i.id) as invitations
                from invitation i join survey y on y.workspace_id = $1 and y.id = i.survey_id
                where i.workspace_id = $1 and i.order_id = e.order_id) v on true
            where e.workspace_id = $1 and e.id = any($2) and e.ended_at is null
            order by e.id
            for update of e
            """.formatted(Audience.COLUMNS, Audience.LINES.formatted("e"));

    static Traveller read(Readable row) {
        return new Traveller(
                value(row, "id", UUID.class),
                value(row, "version_id", UUID.class),
                value(row, "contact_id", UUID.class),
                row.get("response_id", UUID.class),
                value(row, "begun_at", Instant.class),
                value(row, "imported", Boolean.class),
                value(row, "holdout", Boolean.class),
                MAPPER.readValue(value(row, "passed", Json.class).asString(), PASSED),
                map(row, "sends", SENDS),
                row.get("address", String.class),
                row.get("locale", String.class),
                row.get("time_zone", String.class),
                row.get("country", String.class),
                purchase(row),
                value(row, "troubled", Boolean.class),
                new Known(Audience.read(row)));
    }

    private static @Nullable Purchase purchase(Readable row) {
        var id = row.get("order_id", UUID.class);
        return id == null
                ? null
                : new Purchase(
                        id,
                        value(row, "status", String.class),
                        value(row, "test", Boolean.class),
                        value(row, "returned", Boolean.class),
                        row.get("channel", String.class),
                        value(row, "placed_at", Instant.class),
                        row.get("shipped_at", Instant.class),
                        row.get("delivered_at", Instant.class),
                        map(row, "invitations", IDS),
                        List.of(value(row, "answered", String[].class)));
    }

    private static <T> Map<String, T> map(Readable row, String column, TypeReference<Map<String, T>> type) {
        var stored = row.get(column, Json.class);
        return stored == null ? Map.of() : MAPPER.readValue(stored.asString(), type);
    }

    /** The same, knowing more. */
    Traveller knowing(Map<String, List<String>> more) {
        var facts = new HashMap<>(known.facts());
        facts.putAll(more);
        return with(passed, sends, order, troubled, new Known(facts));
    }

    /** The same, with more steps behind them. */
    Traveller passing(Map<String, Passed> more) {
        var all = new HashMap<>(passed);
        all.putAll(more);
        return with(all, sends, order, troubled, known);
    }

    /** The same, with the message of a step. */
    Traveller having(String step, Sent sent) {
        var all = new HashMap<>(sends);
        all.put(step, sent);
        return with(passed, all, order, troubled, known);
    }

    /** The same, to be asked in that step what was to be asked in one that is gone: an order has one invitation to a survey, which goes over to it. */
    Traveller askedIn(Step.Written step) {
        if (order == null || !(step instanceof Step.Ask ask) || sends.containsKey(ask.key())) {
            return this;
        }
        var standing = order.invitations().get(ask.survey());
        var told = sends.values().stream()
                .filter(sent -> standing != null && standing.equals(sent.invitationId()))
                .toList();
        return told.isEmpty() || !told.stream().allMatch(Sent::strayed)
                ? this
                : having(ask.key(), told.getFirst().in(Key.nextId()));
    }

    /** The same, having answered these surveys about the order, and the questions of these steps. */
    Traveller answered(List<String> surveys, Predicate<String> steps) {
        var all = new HashMap<String, Sent>();
        sends.forEach((step, sent) -> all.put(step, sent.answeredIf(steps.test(step))));
        var about = order == null
                ? null
                : new Purchase(
                        order.id,
                        order.status,
                        order.test,
                        order.returned,
                        order.channel,
                        order.placedAt,
                        order.shippedAt,
                        order.deliveredAt,
                        order.invitations,
                        surveys);
        return with(passed, all, about, troubled, known);
    }

    /** The same, with a case that support works on or without. */
    Traveller troubledIf(boolean open) {
        return open == troubled ? this : with(passed, sends, order, open, known);
    }

    private Traveller with(
            Map<String, Passed> behind,
            Map<String, Sent> messages,
            @Nullable Purchase about,
            boolean open,
            Known facts) {
        return new Traveller(
                enrollmentId,
                versionId,
                contactId,
                responseId,
                begunAt,
                imported,
                holdout,
                behind,
                messages,
                address,
                locale,
                timeZone,
                country,
                about,
                open,
                facts);
    }

    ZoneId zone(Workspace workspace) {
        return Locality.zone(timeZone, customersCountry(), workspace.zone());
    }

    String language(Workspace workspace) {
        return Locality.language(locale, customersCountry(), workspace.language());
    }

    private @Nullable String customersCountry() {
        var ordered = known.facts().getOrDefault("order.country", List.of());
        return country != null || ordered.isEmpty() ? country : ordered.getFirst();
    }

    MoreFacts.Person person() {
        return new MoreFacts.Person(enrollmentId, contactId, orderId(), responseId);
    }

    @Nullable
    UUID orderId() {
        return order == null ? null : order.id();
    }

    Standing standing(Workspace workspace, Standing.Draw draw) {
        var written = new HashMap<String, Written>();
        sends.forEach((step, sent) -> written.put(step, sent.written()));
        return new Standing(
                begunAt,
                passed,
                written,
                order == null ? null : order.shippedAt(),
                order == null ? null : order.deliveredAt(),
                zone(workspace),
                steps(),
                draw);
    }

    /** What is known, and what became of the steps. */
    Known steps() {
        var more = known;
        for (var sent : sends.entrySet()) {
            more = more.with("step." + sent.getKey(), sent.getValue().word());
        }
        for (var step : passed.entrySet()) {
            more = more.with("step." + step.getKey(), step.getValue().way());
        }
        return more;
    }
}
