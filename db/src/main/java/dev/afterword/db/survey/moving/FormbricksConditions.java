package dev.afterword.db.survey.moving;

import dev.afterword.db.survey.Condition;
import dev.afterword.db.survey.Operator;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.moving.Named.ToAnswer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Says a condition of Formbricks in our words. */
final class FormbricksConditions {
    private final Map<String, Named> names;

    FormbricksConditions(Map<String, Named> names) {
        this.names = names;
    }

    Condition of(JsonNode node) {
        if (node.has("conditions")) {
            var inner = Json.list(node, "conditions").stream().map(this::of).toList();
            if (inner.isEmpty()) {
                throw new CannotSay("conditions");
            }
            return Json.text(node, "connector", "and").equals("or") ? Conditions.any(inner) : Conditions.all(inner);
        }
        var operator = Json.text(node, "operator", "?");
        var named = named(node.path("leftOperand"));
        var right = node.path("rightOperand");
        if (right.isObject() && !Json.text(right, "type", "static").equals("static")) {
            throw new CannotSay(Json.text(right, "value", "?"));
        }
        var values = right.path("value").isArray()
                ? Json.list(right, "value").stream()
                        .map(Json::text)
                        .filter(Objects::nonNull)
                        .toList()
                : List.of(Json.text(right, "value", ""));
        return of(named, operator, values);
    }

    private Named named(JsonNode operand) {
        var id = Json.text(operand, "value", "");
        var row = Json.text(operand.path("meta"), "row");
        var named = row == null ? names.get(id) : names.get(id + "." + row);
        if (named == null) {
            throw new CannotSay(id);
        }
        return named;
    }

    private static Condition of(Named named, String operator, List<String> values) {
        var value = values.isEmpty() ? "" : values.getFirst();
        return switch (operator) {
            case "equals" -> equal(named, values);
            case "doesNotEqual" -> Conditions.not(equal(named, values));
            case "contains" -> Comparison.of(named, "contains", value);
            case "doesNotContain" -> Comparison.of(named, "notcontains", value);
            case "isGreaterThan" -> Comparison.of(named, ">", value);
            case "isGreaterThanOrEqual" -> Comparison.of(named, ">=", value);
            case "isLessThan" -> Comparison.of(named, "<", value);
            case "isLessThanOrEqual" -> Comparison.of(named, "<=", value);
            case "isAfter" -> Comparison.of(named, ">", value);
            case "isBefore" -> Comparison.of(named, "<", value);
            case "equalsOneOf", "isAnyOf" ->
                Conditions.any(values.stream()
                        .map(one -> Comparison.of(named, "=", one))
                        .toList());
            case "includesAllOf" -> ExpressionCondition.compareSeveral(named, "allof", values);
            case "includesOneOf" -> ExpressionCondition.compareSeveral(named, "anyof", values);
            case "doesNotIncludeOneOf" -> Conditions.not(ExpressionCondition.compareSeveral(named, "allof", values));
            case "doesNotIncludeAllOf" -> Conditions.not(ExpressionCondition.compareSeveral(named, "anyof", values));
            case "isSubmitted", "isSet", "isNotEmpty", "isPartiallySubmitted" -> Comparison.answered(named);
            case "isCompletelySubmitted" -> all(named);
            case "isAccepted" -> Comparison.of(named, "=", "true");
            case "isSkipped" -> skipped(named);
            case "isNotSet", "isEmpty" -> Conditions.not(Comparison.answered(named));
            default -> throw new CannotSay(operator);
        };
    }

    private static Condition equal(Named named, List<String> values) {
        return values.size() == 1
                ? Comparison.of(named, "=", values.getFirst())
                : ExpressionCondition.compareSeveral(named, "=", values);
    }

    private static Condition all(Named named) {
        var matrix = matrix(named);
        return matrix != null && named instanceof ToAnswer answer
                ? Conditions.all(Comparison.rows(matrix, answer).stream()
                        .map(Comparison::answered)
                        .toList())
                : Comparison.answered(named);
    }

    private static Condition skipped(Named named) {
        if (matrix(named) != null || !(named instanceof ToAnswer answer)) {
            return Conditions.not(Comparison.answered(named));
        }
        return Conditions.test(answer.subject(), Operator.SKIPPED, null);
    }

    private static Question.@Nullable Matrix matrix(Named named) {
        return named instanceof ToAnswer answer
                        && answer.row().isEmpty()
                        && answer.question() instanceof Question.Matrix matrix
                ? matrix
                : null;
    }
}
