package dev.afterword.db.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ColourTest {
    @Test
    void measuresContrastAsWcagDoes() {
        assertThat(Colour.BLACK.contrast(Colour.WHITE)).isEqualTo(21);
        assertThat(colour("#777777").contrast(Colour.WHITE)).isEqualTo(4.48, within(0.005));
    }

    @Test
    void findsAReadableInkAndShadeForEveryColour() {
        var light = colour("#fbfaf7");
        var dark = colour("#16181b");
        for (int rgb = 0; rgb < 0x1000000; rgb += 0x1357) {
            var brand = colour("#%06x".formatted(rgb));
            assertThat(brand.contrast(brand.ink())).isGreaterThanOrEqualTo(Colour.TEXT);
            assertThat(brand.readableOn(light).contrast(light)).isGreaterThanOrEqualTo(Colour.TEXT);
            assertThat(brand.readableOn(dark).contrast(dark)).isGreaterThanOrEqualTo(Colour.TEXT);
        }
    }

    @Test
    void keepsAColourThatCanBeReadAlready() {
        assertThat(colour("#0b6475").readableOn(Colour.WHITE).hex()).isEqualTo("#0b6475");
    }

    @Test
    void readsOnlyColours() {
        assertThat(Colour.parse("red; } body { display: none")).isEmpty();
        assertThat(Colour.parse("#fff")).isEmpty();
    }

    private static Colour colour(String hex) {
        return Colour.parse(hex).orElseThrow();
    }
}
