package dev.afterword.web;

import dev.afterword.db.survey.Theme;
import dev.afterword.db.workspace.Colour;
import dev.afterword.db.workspace.Workspace;

/** A theme as custom properties of a page's style, its colour in shades that can be read on light and on dark paper. */
public final class ThemeStyle {
    public static final Colour LIGHT_PAPER = new Colour(0xfb, 0xfa, 0xf7);
    private static final Colour DARK_PAPER = new Colour(0x16, 0x18, 0x1b);
    private static final Colour PLAIN = new Colour(0x0b, 0x64, 0x75);

    private ThemeStyle() {}

    /** Of a page that belongs to no workspace. */
    public static String plain() {
        return of(PLAIN, Theme.OF_WORKSPACE);
    }

    public static String of(Workspace workspace, Theme theme) {
        var own = theme.colour();
        return of(own != null ? own : Colour.parse(workspace.colour()).orElse(PLAIN), theme);
    }

    private static String of(Colour brand, Theme theme) {
        var light = brand.readableOn(LIGHT_PAPER);
        var dark = brand.readableOn(DARK_PAPER);
        return ":root{--brand:%s;--on-brand:%s;--accent:light-dark(%s,%s);--on-accent:light-dark(%s,%s);--text:%d%%;--corner:%dpx}"
                .formatted(
                        brand.hex(),
                        brand.ink().hex(),
                        light.hex(),
                        dark.hex(),
                        light.ink().hex(),
                        dark.ink().hex(),
                        theme.textSize().percent(),
                        theme.corners().pixels());
    }
}
