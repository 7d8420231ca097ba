package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.message.AllowedHours;
import dev.afterword.db.message.ComposeMail;
import dev.afterword.db.message.ContactPolicies;
import dev.afterword.db.message.Letter;
import dev.afterword.db.message.Locality;
import dev.afterword.db.message.Send;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.message.SendLinks;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes the mails of one workspace's sends, whatever their number, with one query. */
@Component
public class WriteMails {
    private static final Logger LOG = LoggerFactory.getLogger(WriteMails.class);

    private final Workspaces workspaces;
    private final ContactPolicies policies;
    private final Surveys surveys;
    private final SendLinks links;
    private final DatabaseClient database;

    WriteMails(
            Workspaces workspaces,
            ContactPolicies policies,
            Surveys surveys,
            SendLinks links,
            DatabaseClient database) {
        this.workspaces = workspaces;
        this.policies = policies;
        this.surveys = surveys;
        this.links = links;
        this.database = database;
    }

    /** The mails by send id; one that cannot be written (its contact or its invitation is gone) is missing. */
    public Mono<Map<UUID, OutgoingMail>> write(UUID workspaceId, List<Send> sends, Instant now) {
        return Mono.zip(workspaces.findById(workspaceId), policies.find(workspaceId))
                .flatMap(found -> write(found.getT1(), found.getT2().hours(found.getT1()), sends, now));
    }

    private Mono<Map<UUID, OutgoingMail>> write(
            Workspace workspace, AllowedHours hours, List<Send> sends, Instant now) {
        var workspaceId = workspace.id();
        return database.sql("""
                                select s.id, s.step, s.kind, s.invitation_id, s.purpose, c.email, c.name, c.time_zone, coalesce(c.country, o.country) as country, i.version_id, i.language, o.external_id, f.key as follow_up
                                from send s
                                join contact c on c.workspace_id = $1 and c.id = s.contact_id and c.email is not null
                                join invitation i on i.workspace_id = $1 and i.id = s.invitation_id
                                left join customer_order o on o.workspace_id = $1 and o.id = s.order_id
                                left join follow_up f on f.workspace_id = $1 and f.id = s.follow_up_id
                                where s.workspace_id = $1 and s.id = any($2)
                                """)
                .bind(0, workspaceId)
                .bind(1, Columns.array(sends, UUID.class, send -> send.key().id()))
                .map(Facts::read)
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(facts -> surveys.version(new Key(workspaceId, facts.versionId))
                        .map(version ->
                                Map.entry(facts.sendId, write(workspace, hours, facts, version.definition(), now)))
                        .onErrorResume(RuntimeException.class, error -> {
                            LOG.warn("Send {} cannot be written", facts.sendId, error);
                            return Mono.empty();
                        }))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private OutgoingMail write(
            Workspace workspace, AllowedHours hours, Facts facts, SurveyDefinition survey, Instant now) {
        var sender = workspace.senderAddress();
        if (sender == null) {
            throw new IllegalStateException("workspace " + workspace.code() + " has no sender address");
        }
        var senderName = workspace.senderName();
        var unsubscribe = links.unsubscribe(workspace, facts.sendId);
        var letter = new Letter(
                workspace,
                SendKind.of(facts.kind),
                facts.language,
                facts.name,
                facts.orderNumber,
                firstQuestion(survey, facts.language, workspace.language()),
                links.answer(workspace, facts.invitationId),
                unsubscribe);
        return new OutgoingMail(
                hours.next(now, Locality.zone(facts.timeZone, facts.country, workspace.zone())),
                ComposeMail.compose(letter),
                sender,
                senderName == null ? workspace.name() : senderName,
                links.replyTo(workspace, facts.sendId, sender),
                links.returnPath(workspace, facts.sendId).orElse(null),
                facts.email,
                facts.name,
                facts.language,
                links.messageId(workspace, facts.sendId, sender),
                unsubscribe,
                links.unsubscribeAddress(workspace, facts.sendId).orElse(null),
                links.listId(workspace, facts.purpose),
                (facts.followUp == null ? "api" : facts.followUp) + ":" + facts.step + ":" + facts.purpose + ":"
                        + workspace.code());
    }

    /**
     * The question inside the mail: the first that everybody is asked whom the survey reaches, so neither a statement nor one that depends on something; one
     * without a scale stands there without links.
     */
    static Letter.FirstQuestion firstQuestion(SurveyDefinition survey, String language, String workspaceLanguage) {
        var question = survey.pages().stream()
                .filter(page -> page.showIf() == null && !page.perOrderLine())
                .flatMap(page -> page.questions().stream())
                .filter(asked -> !(asked instanceof Question.Statement))
                .filter(asked ->
                        asked.asking().showIf() == null && !asked.asking().perOrderLine())
                .findFirst();
        return question.map(asked -> firstQuestion(asked, language, workspaceLanguage))
                .orElseGet(() ->
                        new Letter.FirstQuestion("", survey.title().in(language, workspaceLanguage), "", "", 0, 0));
    }

    private static Letter.FirstQuestion firstQuestion(Question question, String language, String workspaceLanguage) {
        return switch (question) {
            case Question.Scale scale ->
                new Letter.FirstQuestion(
                        scale.key(),
                        scale.text().in(language, workspaceLanguage),
                        scale.low().in(language, workspaceLanguage),
                        scale.high().in(language, workspaceLanguage),
                        scale.from(),
                        scale.to());
            case Question.OfOptions _,
                    Question.Matrix _,
                    Question.Typed _,
                    Question.Figure _,
                    Question.Date _,
                    Question.Consent _,
                    Question.Statement _ ->
                new Letter.FirstQuestion(question.key(), question.text().in(language, workspaceLanguage), "", "", 0, 0);
        };
    }

    /** What the query knows of one send. */
    private record Facts(
            UUID sendId,
            UUID invitationId,
            UUID versionId,
            String step,
            String kind,
            String purpose,
            String language,
            String email,
            @Nullable String name,
            @Nullable String timeZone,
            @Nullable String country,
            @Nullable String orderNumber,
            @Nullable String followUp) {
        static Facts read(Readable row) {
            return new Facts(
                    value(row, "id", UUID.class),
                    value(row, "invitation_id", UUID.class),
                    value(row, "version_id", UUID.class),
                    value(row, "step", String.class),
                    value(row, "kind", String.class),
                    value(row, "purpose", String.class),
                    value(row, "language", String.class),
                    value(row, "email", String.class),
                    row.get("name", String.class),
                    row.get("time_zone", String.class),
                    row.get("country", String.class),
                    row.get("external_id", String.class),
                    row.get("follow_up", String.class));
        }
    }
}
