package dev.afterword.web.followup;

import dev.afterword.db.followup.journey.FactKind;
import java.util.List;
import java.util.Map;

/**
 * Something that a condition can look at, as the editor offers it.
 *
 * @param code as rules say it; of attributes without the name
 * @param values what it may be, with words; empty where anything may be typed
 */
record FactOption(String code, String label, FactKind kind, List<String> operators, Map<String, String> values) {
    /** Whether a rule means this one; all attributes of customers are one, which is asked for its name. */
    boolean isNamed(String fact) {
        return code.equals(fact) || (isAttribute() && fact.startsWith(code) && fact.length() > code.length());
    }

    public boolean isAttribute() {
        return kind == FactKind.ATTRIBUTE;
    }

    /** Whether more or less can be said of it. */
    boolean isCompared() {
        return operators.contains("at-least");
    }

    public boolean isNumber() {
        return kind.isNumber();
    }
}
