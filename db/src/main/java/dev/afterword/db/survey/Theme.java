package dev.afterword.db.survey;

import dev.afterword.db.workspace.Colour;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a survey looks to those who answer it.
 *
 * @param colour of its buttons and marks; null for the workspace's
 * @param logo whether the workspace's logo stands above it
 */
public record Theme(@Nullable Colour colour, boolean logo, TextSize textSize, Corners corners) {
    /** As everything of the workspace looks. */
    public static final Theme OF_WORKSPACE = new Theme(null, true, TextSize.NORMAL, Corners.SOFT);

    /** How large texts are, as a share of what the reader's browser has for normal. */
    public enum TextSize {
        NORMAL(100),
        LARGE(112),
        LARGER(125);

        private final int percent;

        TextSize(int percent) {
            this.percent = percent;
        }

        public int percent() {
            return percent;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How round the corners of fields and buttons are. */
    public enum Corners {
        SQUARE(0),
        SOFT(8),
        ROUND(18);

        private final int pixels;

        Corners(int pixels) {
            this.pixels = pixels;
        }

        public int pixels() {
            return pixels;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
