package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Installation;
import dev.afterword.db.Key;
import dev.afterword.db.Money;
import dev.afterword.db.NotFound;
import dev.afterword.db.contact.ContactStore;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.followup.journey.Trigger;
import dev.afterword.db.message.ComposeMail;
import dev.afterword.db.message.Letter;
import dev.afterword.db.message.Locality;
import dev.afterword.db.message.Mail;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.message.mail.BuiltInMails;
import dev.afterword.db.message.mail.MailFacts;
import dev.afterword.db.reward.PromiseReward;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Shows the mail of a step as a customer would read it, with what is known of them now; its links lead nowhere. */
@Component
public class PreviewMail {
    private static final int EXAMPLES = 12;
    private static final MailFacts.Change EXAMPLE_CHANGE = new MailFacts.Change("…", "…");
    private static final MailFacts.Gift EXAMPLE_GIFT = new MailFacts.Gift("EXAMPLE-7K2", null, "…");

    private final FollowUps followUps;
    private final Workspaces workspaces;
    private final Surveys surveys;
    private final PromiseReward promiseReward;
    private final MoreFacts moreFacts;
    private final Installation installation;
    private final DatabaseClient database;
    private final JsonMapper json;

    PreviewMail(
            FollowUps followUps,
            Workspaces workspaces,
            Surveys surveys,
            PromiseReward promiseReward,
            MoreFacts moreFacts,
            Installation installation,
            DatabaseClient database,
            JsonMapper json) {
        this.followUps = followUps;
        this.workspaces = workspaces;
        this.surveys = surveys;
        this.promiseReward = promiseReward;
        this.moreFacts = moreFacts;
        this.installation = installation;
        this.database = database;
        this.json = json;
    }

    /**
     * A customer as whom a mail can be read.
     *
     * @param orderId their latest order
     * @param orderNumber as the shop calls it
     */
    public record Example(UUID orderId, @Nullable String name, String orderNumber) {}

    /** Customers of the latest orders, at most twelve. */
    public Mono<List<Example>> examples(UUID workspaceId) {
        return database.sql("""
                        select o.id, c.name, o.external_id from customer_order o
                        join contact c on c.workspace_id = $1 and c.id = o.contact_id and c.address is not null
                        where o.workspace_id = $1 and not o.test order by o.placed_at desc, o.id desc limit $2
                        """)
                .bind(0, workspaceId)
                .bind(1, EXAMPLES)
                .map((Readable row) -> new Example(
                        value(row, "id", UUID.class),
                        row.get("name", String.class),
                        value(row, "external_id", String.class)))
                .all()
                .collectList();
    }

    /**
     * The mail as it is being written. Otherwise {@code follow-up.unknown}, or {@code follow-up.place-unknown} for a step that writes nothing.
     *
     * @param step its key; null for the first question
     * @param language BCP 47; null for the customer's
     * @param orderId the order of the customer who reads it; null for the latest, or somebody made up where there is none
     */
    public Mono<Mail> preview(Key key, @Nullable String step, @Nullable String language, @Nullable UUID orderId) {
        return Mono.zip(followUps.find(key), workspaces.findById(key.workspaceId()), reader(key, orderId))
                .flatMap(found -> {
                    var definition = found.getT1().shown();
                    var written = written(definition, step);
                    var reader = found.getT3();
                    var said = language(reader, language, found.getT2());
                    return Mono.zip(
                                    answers(key.workspaceId(), reader),
                                    question(definition, written, said, found.getT2()),
                                    promise(definition, written, said, found.getT2()))
                            .map(known -> ComposeMail.compose(
                                    written.content() == null
                                            ? BuiltInMails.of(
                                                    written instanceof Step.Remind ? SendKind.REMIND : SendKind.ASK)
                                            : written.content(),
                                    facts(
                                            found.getT2(),
                                            definition,
                                            reader,
                                            said,
                                            known.getT1(),
                                            known.getT2().orElse(null),
                                            known.getT3().orElse(null))));
                });
    }

    /** Who reads it. */
    private record Reader(
            @Nullable UUID contactId,
            @Nullable UUID orderId,
            @Nullable String name,
            @Nullable String locale,
            @Nullable String country,
            Map<String, String> attributes,
            String orderNumber,
            @Nullable Money total,
            List<MailFacts.Line> lines) {
        static final Reader MADE_UP = new Reader(null, null, null, null, null, Map.of(), "1001", null, List.of());
    }

    private Mono<Reader> reader(Key key, @Nullable UUID orderId) {
        return database.sql("""
                        select o.id, o.contact_id, c.name, c.locale, coalesce(c.country, o.country) as country, c.attributes,
                            o.external_id, o.total_amount, o.total_currency, l.lines
                        from customer_order o
                        join contact c on c.workspace_id = $1 and c.id = o.contact_id
                        left join lateral (
                            %s) l on true
                        where o.workspace_id = $1 and not o.test and ($2::uuid is null or o.id = $2)
                        order by o.placed_at desc, o.id desc limit 1
                        """.formatted(Recipients.LINES_OF_ORDER.formatted("o.id")))
                .bind(0, key.workspaceId())
                .bind(1, orderId == null ? Parameters.in(UUID.class) : orderId)
                .map((Readable row) -> reader(row))
                .one()
                .defaultIfEmpty(Reader.MADE_UP);
    }

    private Reader reader(Readable row) {
        var total = row.get("total_amount", BigDecimal.class);
        var currency = row.get("total_currency", String.class);
        var lines = row.get("lines", Json.class);
        return new Reader(
                value(row, "contact_id", UUID.class),
                value(row, "id", UUID.class),
                row.get("name", String.class),
                row.get("locale", String.class),
                row.get("country", String.class),
                ContactStore.attributes(value(row, "attributes", Json.class).asString()),
                value(row, "external_id", String.class),
                total == null || currency == null ? null : new Money(total, currency),
                Recipients.lines(json, lines == null ? null : lines.asString()));
    }

    private static String language(Reader reader, @Nullable String wanted, Workspace workspace) {
        return wanted == null ? Locality.language(reader.locale(), reader.country(), workspace.language()) : wanted;
    }

    private static Step.Written written(FollowUpDefinition definition, @Nullable String key) {
        return definition.allSteps().stream()
                .filter(step ->
                        key == null ? step instanceof Step.Ask : step.key().equals(key))
                .filter(Step.Written.class::isInstance)
                .map(Step.Written.class::cast)
                .findFirst()
                .orElseThrow(() -> new NotFound("follow-up.place-unknown", Objects.requireNonNullElse(key, "")));
    }

    private Mono<Map<String, String>> answers(UUID workspaceId, Reader reader) {
        var contact = reader.contactId();
        if (contact == null) {
            return Mono.just(Map.of());
        }
        var person = new MoreFacts.Person(Key.nextId(), contact, reader.orderId(), null);
        return moreFacts
                .answers(workspaceId, List.of(person))
                .map(answers -> Recipients.said(answers.getOrDefault(person.id(), Map.of())));
    }

    private Mono<Optional<Letter.FirstQuestion>> question(
            FollowUpDefinition definition, Step.Written written, String language, Workspace workspace) {
        return asked(definition, written)
                .map(survey -> surveys.latest(workspace.id(), survey)
                        .map(version -> Optional.of(
                                WriteMails.firstQuestion(version.definition(), language, workspace.language())))
                        .onErrorResume(NotFound.class, none -> Mono.just(Optional.empty())))
                .orElse(Mono.just(Optional.empty()));
    }

    /** What its survey promises for answering now: who is invited today is told so. */
    private Mono<Optional<String>> promise(
            FollowUpDefinition definition, Step.Written written, String language, Workspace workspace) {
        return asked(definition, written)
                .map(survey -> surveys.find(workspace.id(), survey)
                        .flatMap(found -> promiseReward.of(found.key()))
                        .map(promise -> Optional.of(promise.offer().said(language, workspace.language())))
                        .onErrorResume(NotFound.class, none -> Mono.just(Optional.empty()))
                        .defaultIfEmpty(Optional.empty()))
                .orElse(Mono.just(Optional.empty()));
    }

    /** The survey that a step asks, or reminds of. */
    private static Optional<String> asked(FollowUpDefinition definition, Step.Written written) {
        return switch (written) {
            case Step.Ask ask -> Optional.of(ask.survey());
            case Step.Remind remind ->
                definition
                        .find(remind.ask())
                        .filter(Step.Ask.class::isInstance)
                        .map(step -> ((Step.Ask) step).survey());
            case Step.Mail _ -> Optional.<String>empty();
        };
    }

    private MailFacts facts(
            Workspace workspace,
            FollowUpDefinition definition,
            Reader reader,
            String language,
            Map<String, String> answers,
            Letter.@Nullable FirstQuestion question,
            @Nullable String promise) {
        var order = definition.trigger().perOrder();
        return new MailFacts(
                workspace,
                language,
                reader.name(),
                reader.attributes(),
                order ? reader.orderNumber() : null,
                order ? reader.total() : null,
                order ? reader.lines() : List.of(),
                answers,
                EXAMPLE_GIFT,
                question,
                question == null ? null : installation.link("/r/preview"),
                installation.link("/u/preview"),
                promise,
                definition.trigger() instanceof Trigger.TopicChanged ? EXAMPLE_CHANGE : null);
    }
}
