package dev.afterword.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;

/** Small bodies are taken whole; larger ones are read to their end and refused. */
class SmallBodyTest {
    @Test
    void takesWhatFits() {
        assertThat(SmallBody.read(pieces("ab", "cd"), 4, SmallBodyTest::tooLarge)
                        .block())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("abcd");
        assertThat(SmallBody.read(Flux.empty(), 4, SmallBodyTest::tooLarge).block())
                .isEmpty();
    }

    @Test
    void readsTheRestOfWhatIsTooLarge() {
        var read = new AtomicInteger();
        var body = pieces("abc", "de", "f").doOnNext(piece -> read.incrementAndGet());
        assertThatThrownBy(
                        () -> SmallBody.read(body, 4, SmallBodyTest::tooLarge).block())
                .isInstanceOf(Rejected.class);
        assertThat(read).hasValue(3);
    }

    private static Rejected tooLarge() {
        return new Rejected("request.too-large", null);
    }

    private static Flux<DataBuffer> pieces(String... pieces) {
        return Flux.just(pieces)
                .map(piece -> DefaultDataBufferFactory.sharedInstance.wrap(piece.getBytes(StandardCharsets.UTF_8)));
    }
}
