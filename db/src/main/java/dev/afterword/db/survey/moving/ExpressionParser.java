package dev.afterword.db.survey.moving;

import dev.afterword.db.survey.moving.ExpressionTokens.Kind;
import dev.afterword.db.survey.moving.ExpressionTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads conditions as LimeSurvey (words are names) and SurveyJS (names stand in braces, words are values) write them. */
final class ExpressionParser {
    private static final int DEEPEST = 40;
    private static final Map<String, String> COMPARISONS = Map.ofEntries(
            Map.entry("==", "="),
            Map.entry("=", "="),
            Map.entry("eq", "="),
            Map.entry("equal", "="),
            Map.entry("!=", "!="),
            Map.entry("<>", "!="),
            Map.entry("ne", "!="),
            Map.entry("notequal", "!="),
            Map.entry("<", "<"),
            Map.entry("lt", "<"),
            Map.entry("less", "<"),
            Map.entry("<=", "<="),
            Map.entry("le", "<="),
            Map.entry("lessorequal", "<="),
            Map.entry(">", ">"),
            Map.entry("gt", ">"),
            Map.entry("greater", ">"),
            Map.entry(">=", ">="),
            Map.entry("ge", ">="),
            Map.entry("greaterorequal", ">="),
            Map.entry("*=", "contains"),
            Map.entry("contains", "contains"),
            Map.entry("contain", "contains"),
            Map.entry("notcontains", "notcontains"),
            Map.entry("notcontain", "notcontains"),
            Map.entry("anyof", "anyof"),
            Map.entry("noneof", "noneof"),
            Map.entry("allof", "allof"));

    private final List<Token> tokens;
    private final boolean wordsAreNames;
    private int at;
    private int depth;

    private ExpressionParser(List<Token> tokens, boolean wordsAreNames) {
        this.tokens = tokens;
        this.wordsAreNames = wordsAreNames;
    }

    static Expression limeSurvey(String text) {
        return new ExpressionParser(ExpressionTokens.of(text), true).whole();
    }

    static Expression surveyJs(String text) {
        return new ExpressionParser(ExpressionTokens.of(text), false).whole();
    }

    private Expression whole() {
        var expression = or();
        if (peek().kind() != Kind.END) {
            throw new CannotSay(peek().text());
        }
        return expression;
    }

    private Expression or() {
        if (++depth > DEEPEST) {
            throw new CannotSay("(((");
        }
        var left = and();
        while (peek().is("||") || isWord("or")) {
            at++;
            left = new Expression.Binary("or", left, and());
        }
        depth--;
        return left;
    }

    private Expression and() {
        var left = comparison();
        while (peek().is("&&") || isWord("and")) {
            at++;
            left = new Expression.Binary("and", left, comparison());
        }
        return left;
    }

    private Expression comparison() {
        var left = sum();
        for (var operator = comparisonHere(); operator != null; operator = comparisonHere()) {
            at++;
            left = new Expression.Binary(operator, left, sum());
        }
        if (isWord("empty")) {
            at++;
            return new Expression.Empty(left);
        }
        if (isWord("notempty")) {
            at++;
            return new Expression.Negated(new Expression.Empty(left));
        }
        return left;
    }

    private @Nullable String comparisonHere() {
        var token = peek();
        return token.kind() == Kind.SIGN || token.kind() == Kind.WORD
                ? COMPARISONS.get(token.text().toLowerCase(Locale.ROOT))
                : null;
    }

    private Expression sum() {
        var left = factor();
        while (peek().kind() == Kind.SIGN && "+-*/%^".contains(peek().text())) {
            var sign = next().text();
            left = new Expression.Binary(sign, left, factor());
        }
        return left;
    }

    private Expression factor() {
        if (++depth > DEEPEST) {
            throw new CannotSay("(((");
        }
        var token = next();
        var read = switch (token.kind()) {
            case BRACED -> new Expression.Name(token.text());
            case QUOTED, NUMBER -> new Expression.Literal(token.text());
            case WORD -> word(token.text());
            case SIGN -> sign(token.text());
            case END -> throw new CannotSay("…");
        };
        depth--;
        return read;
    }

    private Expression word(String word) {
        if (peek().is("(")) {
            at++;
            return new Expression.Call(word.toLowerCase(Locale.ROOT), list(")"));
        }
        if (word.equalsIgnoreCase("negate")) {
            return new Expression.Negated(factor());
        }
        return wordsAreNames && !word.equalsIgnoreCase("true") && !word.equalsIgnoreCase("false")
                ? new Expression.Name(word)
                : new Expression.Literal(word);
    }

    private Expression sign(String sign) {
        return switch (sign) {
            case "(" -> {
                var inner = or();
                expect(")");
                yield inner;
            }
            case "[" -> new Expression.Several(list("]"));
            case "!" -> new Expression.Negated(factor());
            case "-" -> {
                if (factor() instanceof Expression.Literal number) {
                    yield new Expression.Literal("-" + number.text());
                }
                throw new CannotSay("-");
            }
            default -> throw new CannotSay(sign);
        };
    }

    private List<Expression> list(String end) {
        var items = new ArrayList<Expression>();
        if (!peek().is(end)) {
            items.add(or());
            while (peek().is(",")) {
                at++;
                items.add(or());
            }
        }
        expect(end);
        return items;
    }

    private void expect(String sign) {
        if (!next().is(sign)) {
            throw new CannotSay(sign);
        }
    }

    private boolean isWord(String word) {
        return peek().kind() == Kind.WORD && peek().text().equalsIgnoreCase(word);
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        var token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }
}
