package dev.afterword.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LeafTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");

    private static Cursor place(int hours) {
        return new Cursor(true, NOON.plusSeconds(hours * 3600L), new UUID(0, hours));
    }

    @Test
    void keepsACursorWhole() {
        var cursor = new Cursor(false, NOON, UUID.randomUUID());

        assertThat(Cursor.decode(cursor.encode())).isEqualTo(cursor);
    }

    @Test
    void rejectsACursorThatIsNotOurs() {
        assertThatThrownBy(() -> Cursor.decode("../etc")).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> Cursor.decode("AAAA")).isInstanceOf(Rejected.class);
    }

    @Test
    void hasNothingNewerOnTheFirstLeaf() {
        var leaf = Leaf.of(List.of(9, 8, 7), 2, null, LeafTest::place);

        assertThat(leaf.items()).containsExactly(9, 8);
        assertThat(leaf.newer()).isNull();
        assertThat(Cursor.decode(leaf.older())).isEqualTo(place(8));
    }

    @Test
    void turnsRowsReadBackwardsIntoTheOrderOfTheList() {
        var leaf = Leaf.of(List.of(5, 6, 7), 2, new Cursor(false, NOON, new UUID(0, 4)), LeafTest::place);

        assertThat(leaf.items()).containsExactly(6, 5);
        assertThat(Cursor.decode(leaf.newer())).isEqualTo(new Cursor(false, place(6).at(), new UUID(0, 6)));
        assertThat(Cursor.decode(leaf.older())).isEqualTo(place(5));
    }
}
