package dev.afterword.db.followup;

import dev.afterword.db.Key;
import dev.afterword.db.message.AllowedHours;
import dev.afterword.db.message.ComposeMail;
import dev.afterword.db.message.ContactPolicies;
import dev.afterword.db.message.Letter;
import dev.afterword.db.message.Send;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.message.SendLinks;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
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
    private final Recipients recipients;

    WriteMails(
            Workspaces workspaces, ContactPolicies policies, Surveys surveys, SendLinks links, Recipients recipients) {
        this.workspaces = workspaces;
        this.policies = policies;
        this.surveys = surveys;
        this.links = links;
        this.recipients = recipients;
    }

    /** The mails by send id; one that cannot be written (its contact or its invitation is gone) is missing. Where the database does not answer, all wait. */
    public Mono<Map<UUID, OutgoingMail>> write(UUID workspaceId, List<Send> sends, Instant now) {
        return Mono.zip(workspaces.findById(workspaceId), policies.find(workspaceId))
                .flatMap(found -> write(found.getT1(), found.getT2().hours(found.getT1()), sends, now));
    }

    private Mono<Map<UUID, OutgoingMail>> write(
            Workspace workspace, AllowedHours hours, List<Send> sends, Instant now) {
        return recipients
                .of(workspace, sends)
                .flatMap(found -> Flux.fromIterable(found)
                        .concatMap(recipient -> question(workspace, recipient)
                                .map(question -> Map.entry(
                                        recipient.sendId(),
                                        write(workspace, hours, recipient, question.orElse(null), now)))
                                .onErrorResume(WriteMails::itsOwn, error -> {
                                    LOG.warn("Send {} cannot be written", recipient.sendId(), error);
                                    return Mono.empty();
                                }))
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Whether it fails whenever it is tried, and not the database. */
    private static boolean itsOwn(Throwable error) {
        return error instanceof RuntimeException && !(error instanceof DataAccessException);
    }

    private Mono<Optional<Letter.FirstQuestion>> question(Workspace workspace, Recipient recipient) {
        var versionId = recipient.surveyVersionId();
        return versionId == null
                ? Mono.just(Optional.empty())
                : surveys.version(new Key(workspace.id(), versionId))
                        .map(version -> Optional.of(
                                firstQuestion(version.definition(), recipient.language(), workspace.language())));
    }

    private OutgoingMail write(
            Workspace workspace,
            AllowedHours hours,
            Recipient recipient,
            Letter.@Nullable FirstQuestion question,
            Instant now) {
        var sender = workspace.senderAddress();
        if (sender == null) {
            throw new IllegalStateException("workspace " + workspace.code() + " has no sender address");
        }
        var sendId = recipient.sendId();
        var senderName = workspace.senderName();
        var unsubscribe = links.unsubscribe(workspace, sendId);
        var invitation = recipient.invitationId();
        var caseId = recipient.caseId();
        var answer = invitation != null
                ? links.answer(workspace, invitation)
                : caseId == null ? null : links.inCase(workspace, caseId);
        return new OutgoingMail(
                recipient.kind().atOnce() ? now : hours.next(now, recipient.zone()),
                ComposeMail.compose(recipient.content(), recipient.facts(workspace, question, answer, unsubscribe)),
                sender,
                senderName == null ? workspace.name() : senderName,
                caseId != null
                        ? links.caseReplyTo(workspace, sendId, sender)
                        : links.replyTo(workspace, sendId, sender),
                links.returnPath(workspace, sendId).orElse(null),
                recipient.email(),
                recipient.name(),
                recipient.language(),
                links.messageId(workspace, sendId, sender),
                unsubscribe,
                links.unsubscribeAddress(workspace, sendId).orElse(null),
                links.listId(workspace, recipient.purpose()),
                recipient.origin() + ":" + recipient.step() + ":" + recipient.purpose() + ":" + workspace.code(),
                recipient.inReplyTo(),
                recipient.kind() == SendKind.REPLY);
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
}
