package dev.afterword.db.survey.moving;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a condition into names, literals, operators and brackets. */
final class ExpressionTokens {
    private static final int LONGEST = 5_000;

    /** What a piece of a condition is. */
    enum Kind {
        /** In braces, as SurveyJS writes names. */
        BRACED,
        WORD,
        QUOTED,
        NUMBER,
        SIGN,
        END
    }

    /** A piece of a condition. */
    record Token(Kind kind, String text) {
        boolean is(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }
    }

    private static final Pattern PIECE = Pattern.compile("\\s*(?:\\{(?<braced>[^{}]{1,300})}"
            + "|\"(?<double>[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|'(?<single>[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+)'"
            + "|(?<number>[0-9]+(?:\\.[0-9]+)?(?![A-Za-z0-9_]))"
            + "|(?<word>[\\p{L}0-9_][\\p{L}0-9_.:#]*+(?:-[\\p{L}0-9_][\\p{L}0-9_.:#]*+)*+)"
            + "|(?<sign>&&|\\|\\||==|!=|<>|<=|>=|\\*=|[=<>!()\\[\\],+*/%^-]))");

    private ExpressionTokens() {}

    static List<Token> of(String text) {
        if (text.length() > LONGEST) {
            throw new CannotSay(text);
        }
        var tokens = new ArrayList<Token>();
        var pieces = PIECE.matcher(text);
        int at = 0;
        while (at < text.length() && !text.substring(at).isBlank()) {
            if (!pieces.find(at) || pieces.start() != at) {
                throw new CannotSay(text.substring(at));
            }
            tokens.add(token(pieces));
            at = pieces.end();
        }
        tokens.add(new Token(Kind.END, ""));
        return tokens;
    }

    private static Token token(Matcher piece) {
        for (var kind : List.of("braced", "double", "single", "number", "word", "sign")) {
            var text = piece.group(kind);
            if (text != null) {
                return switch (kind) {
                    case "braced" -> new Token(Kind.BRACED, text.strip());
                    case "double", "single" -> new Token(Kind.QUOTED, text.replaceAll("\\\\(.)", "$1"));
                    case "number" -> new Token(Kind.NUMBER, text);
                    case "word" -> new Token(Kind.WORD, text);
                    default -> new Token(Kind.SIGN, text);
                };
            }
        }
        throw new IllegalStateException(piece.group());
    }
}
