package dev.afterword.web.inbox;

import dev.afterword.db.Rejected;
import dev.afterword.db.SmallBody;
import dev.afterword.db.message.attachment.Attached;
import dev.afterword.web.Form;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.multipart.FilePartEvent;
import org.springframework.http.codec.multipart.FormPartEvent;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.util.LinkedMultiValueMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads an answer of staff with the files that it takes along, piece by piece; what is too much is read to its end and refused. */
final class ReadReply {
    static final int MOST_FILES = 5;
    static final int MOST_BYTES = 10 * 1024 * 1024;
    /** Many mailboxes take no more than that, coded. */
    private static final int MOST_TOGETHER = 15 * 1024 * 1024;

    private ReadReply() {}

    /** What was typed, and the files; where they cannot be taken the form says so. */
    record Answer(Form form, List<Attached> files) {}

    private static final class Reading {
        final LinkedMultiValueMap<String, String> fields = new LinkedMultiValueMap<>();
        final List<Attached> files = new ArrayList<>();
        final List<Rejected> wrong = new ArrayList<>();
        long together;
    }

    static Mono<Answer> read(Flux<PartEvent> events) {
        var reading = new Reading();
        return events.windowUntil(PartEvent::isLast)
                .concatMap(part -> part.switchOnFirst((first, rest) -> switch (first.get()) {
                    case FormPartEvent field -> {
                        reading.fields.add(field.name(), field.value());
                        yield rest.then();
                    }
                    case FilePartEvent file -> file(file, rest, reading);
                    case null, default ->
                        rest.doOnNext(event -> DataBufferUtils.release(event.content()))
                                .then();
                }))
                .then(Mono.fromSupplier(() -> {
                    var form = Form.of(reading.fields);
                    reading.wrong.forEach(form::reject);
                    return new Answer(form, reading.wrong.isEmpty() ? List.copyOf(reading.files) : List.of());
                }));
    }

    private static Mono<Void> file(FilePartEvent file, Flux<PartEvent> events, Reading reading) {
        var type = file.headers().getFirst("Content-Type");
        var room = reading.files.size() == MOST_FILES ? 0 : MOST_BYTES;
        return SmallBody.read(
                        events.map(PartEvent::content),
                        room,
                        () -> room == 0
                                ? new Rejected("case.files-many", "files", MOST_FILES)
                                : new Rejected("case.file-large", "files", file.filename(), MOST_BYTES >> 20))
                .filter(bytes -> bytes.length > 0)
                .doOnNext(bytes -> {
                    reading.together += bytes.length;
                    if (reading.together > MOST_TOGETHER) {
                        throw new Rejected("case.files-large", "files", MOST_TOGETHER >> 20);
                    }
                    reading.files.add(Attached.file(file.filename(), type == null ? "" : type, bytes));
                })
                .onErrorResume(Rejected.class, why -> {
                    reading.wrong.add(why);
                    return Mono.empty();
                })
                .then();
    }
}
