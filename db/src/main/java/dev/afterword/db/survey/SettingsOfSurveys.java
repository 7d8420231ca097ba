package dev.afterword.db.survey;

import dev.afterword.db.Columns;
import dev.afterword.db.Fields;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.survey.SurveyLink.Kind;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The settings and links of the surveys of all workspaces. */
@Repository
public class SettingsOfSurveys {
    /** What {@link #read} reads of a survey s. */
    public static final String COLUMNS =
            "s.opens_at as survey_opens_at, s.closes_at as survey_closes_at, s.quota as survey_quota, s.one_answer as survey_one_answer, s.anonymous as survey_anonymous, s.settings -> 'links' as survey_links";

    private final DatabaseClient database;

    SettingsOfSurveys(DatabaseClient database) {
        this.database = database;
    }

    /** Of that survey; otherwise {@code survey.unknown}. */
    public Mono<SurveySettings> find(Key survey) {
        return find(survey, "");
    }

    /** The same, and nobody else changes it until the transaction ends. */
    Mono<SurveySettings> lock(Key survey) {
        return find(survey, " for no key update of s");
    }

    private Mono<SurveySettings> find(Key survey, String lock) {
        return database.sql("select " + COLUMNS + " from survey s where s.workspace_id = $1 and s.id = $2" + lock)
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .map(SettingsOfSurveys::read)
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("survey.unknown", survey.id())));
    }

    Mono<Void> update(Key survey, SurveySettings settings) {
        var sharing = settings.sharing();
        return database.sql("""
                        update survey set opens_at = $3, closes_at = $4, quota = $5, one_answer = $6, anonymous = $7,
                            settings = settings || jsonb_build_object('links', jsonb_build_object(
                                'page', jsonb_build_object('on', $8::boolean), 'kiosk', jsonb_build_object('on', $9::boolean, 'resetSeconds', $10::integer),
                                'embedded', jsonb_build_object('on', $11::boolean, 'origins', to_jsonb($12::text[])), 'receipt', jsonb_build_object('on', $13::boolean)))
                        where workspace_id = $1 and id = $2
                        """)
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .bind(2, orNull(Instant.class, settings.opensAt()))
                .bind(3, orNull(Instant.class, settings.closesAt()))
                .bind(4, orNull(Integer.class, settings.quota()))
                .bind(5, settings.oneAnswer())
                .bind(6, settings.anonymous())
                .bind(7, sharing.on(Kind.PAGE))
                .bind(8, sharing.on(Kind.KIOSK))
                .bind(9, sharing.resetSeconds())
                .bind(10, sharing.on(Kind.EMBEDDED))
                .bind(11, sharing.origins().toArray(String[]::new))
                .bind(12, sharing.on(Kind.RECEIPT))
                .then();
    }

    /** Whether anybody was asked or has answered. */
    Mono<Boolean> begun(Key survey) {
        return database.sql("""
                        select exists (select 1 from invitation where workspace_id = $1 and survey_id = $2)
                            or exists (select 1 from response where workspace_id = $1 and survey_id = $2)
                            or exists (select 1 from sealed_answer where workspace_id = $1 and survey_id = $2)
                        """)
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .mapValue(Boolean.class)
                .one();
    }

    /** The valid links of a survey, by kind. */
    public Mono<Map<Kind, SurveyLink>> links(Key survey) {
        return database.sql(
                        "select * from survey_link where workspace_id = $1 and survey_id = $2 and revoked_at is null")
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .map(SettingsOfSurveys::readLink)
                .all()
                .collectMap(SurveyLink::kind);
    }

    /** That link, valid or not; otherwise {@code survey-link.unknown}. */
    public Mono<SurveyLink> link(Key key) {
        return database.sql("select * from survey_link where workspace_id = $1 and id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .map(SettingsOfSurveys::readLink)
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("survey-link.unknown")));
    }

    /** Adds links of those kinds that have no valid one. */
    Mono<Void> addLinks(Key survey, Collection<Kind> kinds, Instant now) {
        return kinds.isEmpty()
                ? Mono.empty()
                : database.sql("""
                        insert into survey_link (workspace_id, id, survey_id, kind, created_at)
                        select $1, n.id, $2, n.kind, $5 from unnest($3::uuid[], $4::text[]) n (id, kind)
                        on conflict (workspace_id, survey_id, kind) where revoked_at is null do nothing
                        """)
                        .bind(0, survey.workspaceId())
                        .bind(1, survey.id())
                        .bind(2, Columns.array(kinds, UUID.class, _ -> Key.nextId()))
                        .bind(3, Columns.array(kinds, String.class, Kind::code))
                        .bind(4, now)
                        .then();
    }

    Mono<Void> revoke(Key survey, Kind kind, Instant now) {
        return database.sql(
                        "update survey_link set revoked_at = $4 where workspace_id = $1 and survey_id = $2 and kind = $3 and revoked_at is null")
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .bind(2, kind.code())
                .bind(3, now)
                .then();
    }

    public static SurveySettings read(Readable row) {
        var links = row.get("survey_links", Json.class);
        return new SurveySettings(
                row.get("survey_opens_at", Instant.class),
                row.get("survey_closes_at", Instant.class),
                row.get("survey_quota", Integer.class),
                Columns.value(row, "survey_one_answer", Boolean.class),
                Columns.value(row, "survey_anonymous", Boolean.class),
                SurveySettingsReader.sharing(links == null ? null : Fields.parse(links.asString())));
    }

    private static SurveyLink readLink(Readable row) {
        return new SurveyLink(
                new Key(Columns.value(row, "workspace_id", UUID.class), Columns.value(row, "id", UUID.class)),
                Columns.value(row, "survey_id", UUID.class),
                Kind.of(Columns.value(row, "kind", String.class)).orElseThrow(),
                Columns.value(row, "created_at", Instant.class),
                row.get("revoked_at", Instant.class));
    }

    private static Object orNull(Class<?> type, @Nullable Object value) {
        return Objects.requireNonNullElseGet(value, () -> Parameters.in(type));
    }
}
