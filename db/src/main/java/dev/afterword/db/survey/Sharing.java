package dev.afterword.db.survey;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * At which links a survey can be answered besides those of invitations.
 *
 * @param on the kinds that are switched on
 * @param resetSeconds how long a kiosk thanks before it begins anew
 * @param origins whose pages may show it in a frame, as {@code https://shop.example}
 */
public record Sharing(Set<SurveyLink.Kind> on, int resetSeconds, List<String> origins) {
    public static final int LEAST_RESET = 5;
    public static final int MOST_RESET = 600;
    public static final int MOST_ORIGINS = 20;

    /** At none. */
    public static final Sharing NONE = new Sharing(Set.of(), 15, List.of());

    public Sharing {
        on = on.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(on));
        origins = List.copyOf(origins);
    }

    public boolean on(SurveyLink.Kind kind) {
        return on.contains(kind);
    }
}
