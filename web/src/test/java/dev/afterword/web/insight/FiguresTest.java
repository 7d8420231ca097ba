package dev.afterword.web.insight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void neverRoundsAFewToNoneOrNearlyAllToAll() {
        assertThat(Figures.roughly(0, 1_200)).isEqualTo("0%");
        assertThat(Figures.roughly(3, 1_200)).isEqualTo("<1%");
        assertThat(Figures.roughly(6, 1_200)).isEqualTo("1%");
        assertThat(Figures.roughly(1_197, 1_200)).isEqualTo(">99%");
        assertThat(Figures.roughly(1_200, 1_200)).isEqualTo("100%");
    }

    @Test
    void tellsNoShareOfTooFew() {
        assertThat(Figures.roughly(2, 4)).isEmpty();
        assertThat(Figures.roughly(0, 11)).isEmpty();
        assertThat(Figures.roughly(3, 12)).isEqualTo("25%");
    }
}
