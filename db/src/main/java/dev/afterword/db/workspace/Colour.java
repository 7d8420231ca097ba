package dev.afterword.db.workspace;

import java.util.Optional;
import java.util.regex.Pattern;

/** A colour in sRGB, and how well it can be read on another (WCAG 2.2, 1.4.3). */
public record Colour(int red, int green, int blue) {
    public static final Colour WHITE = new Colour(255, 255, 255);
    public static final Colour BLACK = new Colour(0, 0, 0);
    /** The contrast that text needs for AA. */
    public static final double TEXT = 4.5;

    private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");

    /** Reads {@code #0b6475}; empty for anything else. */
    public static Optional<Colour> parse(String text) {
        if (!HEX.matcher(text).matches()) {
            return Optional.empty();
        }
        var rgb = Integer.parseInt(text.substring(1), 16);
        return Optional.of(new Colour(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff));
    }

    public String hex() {
        return "#%02x%02x%02x".formatted(red, green, blue);
    }

    /** From 1, the same, to 21, black on white. */
    public double contrast(Colour other) {
        var one = luminance();
        var two = other.luminance();
        return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    }

    /** The ink that is read best on this colour: white or black, one of which always has a contrast of 4.5. */
    public Colour ink() {
        return contrast(WHITE) >= contrast(BLACK) ? WHITE : BLACK;
    }

    /** The nearest shade of this colour that can be read as text on the ground: mixed with the ground's ink no more than needed. */
    public Colour readableOn(Colour ground) {
        var shade = this;
        for (int step = 1; step <= 20 && shade.contrast(ground) < TEXT; step++) {
            shade = mix(ground.ink(), step / 20.0);
        }
        return shade;
    }

    private Colour mix(Colour other, double share) {
        return new Colour(mix(red, other.red, share), mix(green, other.green, share), mix(blue, other.blue, share));
    }

    private static int mix(int one, int other, double share) {
        return (int) Math.round(one + (other - one) * share);
    }

    private double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int channel) {
        var share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
