package dev.afterword.web;

import dev.afterword.db.Rejected;
import org.springframework.validation.BindingResult;

/** Puts what the inside rejects beside the field at fault. */
public final class Forms {
    private Forms() {}

    /** A rejected field becomes its error; what names no field of the form becomes an error of the whole. */
    public static void reject(BindingResult result, Rejected rejected) {
        var code = "problem." + rejected.code();
        var arguments = rejected.arguments().toArray();
        var field = rejected.field();
        if (field != null && result.getTarget() != null && hasField(result, field)) {
            result.rejectValue(field, code, arguments, code);
        } else {
            result.reject(code, arguments, code);
        }
    }

    private static boolean hasField(BindingResult result, String field) {
        try {
            result.getFieldType(field);
            return result.getFieldType(field) != null;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
