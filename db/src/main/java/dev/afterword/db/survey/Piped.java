package dev.afterword.db.survey;

import dev.afterword.db.Placeholders;
import dev.afterword.db.survey.Subject.AnswerTo;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Texts of a survey for one customer: {@code {{contact.firstName|there}}} and {@code {{answer.KEY}}} are replaced by what is known, else by what stands after
 * the bar. The result is plain text, never markup.
 */
public final class Piped {
    private final SurveyDefinition definition;
    private final Facts facts;
    private final Walk walk;
    private final String language;
    private final String workspaceLanguage;

    public Piped(SurveyDefinition definition, Facts facts, Walk walk, String language, String workspaceLanguage) {
        this.definition = definition;
        this.facts = facts;
        this.walk = walk;
        this.language = language;
        this.workspaceLanguage = workspaceLanguage;
    }

    /** The names that a text mentions. */
    public static List<String> names(String text) {
        return Placeholders.in(text).stream().map(Placeholders.Place::name).toList();
    }

    /** The text in the customer's language; empty without one. */
    public String text(@Nullable Texts texts) {
        return text(texts, "");
    }

    /**
     * The text in the customer's language; empty without one.
     *
     * @param item the line of the order that it stands at, else empty
     */
    public String text(@Nullable Texts texts, String item) {
        return texts == null ? "" : fill(texts.in(language, workspaceLanguage), item);
    }

    private String fill(String text, String item) {
        return Placeholders.replace(text, place -> place.or(value(place.name(), item)));
    }

    private @Nullable String value(String name, String item) {
        var contact = facts.contact();
        var order = facts.order();
        return switch (name) {
            case "contact.firstName" -> contact == null ? null : contact.firstName();
            case "order.product" -> order == null ? null : order.product();
            case "order.number" -> order == null ? null : order.number();
            case "line.name" -> line(item);
            case "score" -> Integer.toString(walk.score());
            default ->
                name.startsWith("variable.")
                        ? walk.variables().get(name.substring("variable.".length()))
                        : Subject.of(name).orElse(null) instanceof AnswerTo answer ? answer(answer, item) : null;
        };
    }

    private @Nullable String line(String item) {
        return facts.lines().stream()
                .filter(line -> line.item().equals(item))
                .map(Facts.Line::name)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String answer(AnswerTo name, String item) {
        var question = definition.question(name.question()).orElse(null);
        if (question == null) {
            return null;
        }
        var exact = walk.answers().get(new Slot(name.question(), name.row(), item));
        if (exact != null) {
            return shown(question, exact);
        }
        var found = walk.answers().entrySet().stream()
                .filter(one -> one.getKey().question().equals(name.question())
                        && one.getKey().row().equals(name.row())
                        && (item.isEmpty() || one.getKey().item().isEmpty()))
                .map(one -> shown(question, one.getValue()))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        return found.isEmpty() ? null : found;
    }

    /** An answer as people read it, in the customer's language; null where nothing was said. */
    public @Nullable String shown(Question question, Answer answer) {
        return switch (answer) {
            case Answer.Score score -> Integer.toString(score.number());
            case Answer.Choice choice -> option(question, choice.option(), choice.other());
            case Answer.Choices choices ->
                choices.options().stream()
                        .map(option -> option(question, option, choices.other()))
                        .collect(Collectors.joining(", "));
            case Answer.Ranked ranked ->
                ranked.options().stream()
                        .map(option -> option(question, option, null))
                        .collect(Collectors.joining(", "));
            case Answer.Words words -> words.text();
            case Answer.Amount amount -> amount(question, amount);
            case Answer.Day day ->
                DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                        .withLocale(Locale.forLanguageTag(language))
                        .format(day.date());
            case Answer.Agreed agreed -> agreed.given() ? "✓" : "–";
            case Answer.NotApplicable _ -> null;
            case Answer.Skipped _ -> null;
        };
    }

    private String amount(Question question, Answer.Amount amount) {
        var number = amount.number().toPlainString();
        return question instanceof Question.Figure figure && figure.unit() != null
                ? number + " " + figure.unit().in(language, workspaceLanguage)
                : number;
    }

    private String option(Question question, String key, @Nullable String typed) {
        if (key.equals(Option.OTHER) && typed != null) {
            return typed;
        }
        var options = switch (question) {
            case Question.OfOptions several -> several.options();
            case Question.Matrix matrix -> matrix.columns();
            case Question.Scale _,
                    Question.Typed _,
                    Question.Figure _,
                    Question.Date _,
                    Question.Consent _,
                    Question.Statement _ -> List.<Option>of();
        };
        var other = question instanceof Question.Choosing choosing ? choosing.other() : null;
        return options.stream()
                .filter(option -> option.key().equals(key))
                .map(option -> option.text().in(language, workspaceLanguage))
                .findFirst()
                .orElseGet(
                        () -> key.equals(Option.OTHER) && other != null ? other.in(language, workspaceLanguage) : key);
    }
}
