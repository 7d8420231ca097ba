package dev.afterword.web.inbox;

import dev.afterword.db.Key;
import dev.afterword.db.inbox.CaseKind;
import dev.afterword.db.inbox.CaseRule;
import dev.afterword.web.Form;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What opens cases by itself, as it stands in a form. */
final class RuleForm {
    private RuleForm() {}

    static Form blank() {
        return Form.blank().put("band", "bad").put("kind", "complaint").put("priority", 3);
    }

    static Form filled(CaseRule rule) {
        var spent = rule.leastSpent();
        return Form.blank()
                .put("version", rule.version())
                .put("name", rule.name())
                .put("band", rule.band())
                .put("keywords", String.join("\n", rule.keywords()))
                .put("products", String.join("\n", rule.products()))
                .put(
                        "leastSpent",
                        spent == null ? null : spent.stripTrailingZeros().toPlainString())
                .put("kind", rule.kind().code())
                .put("priority", rule.priority())
                .put("team", rule.team())
                .putAll("topic", rule.topics().stream().map(UUID::toString).toList());
    }

    /**
     * Otherwise the form says what is wrong, and it is null.
     *
     * @param fresh whether it is new, so that nobody can have changed it
     */
    static @Nullable CaseRule read(Key key, boolean fresh, Form form) {
        var spent = spent(form);
        int version = fresh ? 0 : form.number("version", 0, Integer.MAX_VALUE);
        int priority = form.number("priority", 1, 4);
        return form.right()
                ? new CaseRule(
                        key,
                        version,
                        form.value("name"),
                        form.valueOrNull("band"),
                        lines(form, "keywords"),
                        lines(form, "products"),
                        spent,
                        CaseKind.of(form.value("kind")),
                        priority,
                        form.valueOrNull("team"),
                        form.values("topic").stream()
                                .filter(topic -> !topic.isBlank())
                                .map(topic -> Form.id("topic", topic))
                                .toList())
                : null;
    }

    private static List<String> lines(Form form, String field) {
        return form.value(field)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList();
    }

    private static @Nullable BigDecimal spent(Form form) {
        var typed = form.valueOrNull("leastSpent");
        if (typed == null) {
            return null;
        }
        try {
            var spent = new BigDecimal(typed.replace(',', '.'));
            if (spent.signum() > 0
                    && spent.precision() - spent.scale() <= 12
                    && spent.scale() <= 4
                    && spent.scale() >= 0) {
                return spent;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        form.wrong("leastSpent", "field.not-a-number", typed);
        return null;
    }
}
