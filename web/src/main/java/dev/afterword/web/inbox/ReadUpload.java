package dev.afterword.web.inbox;

import dev.afterword.db.PhotoImage;
import dev.afterword.db.Picture;
import dev.afterword.db.Rejected;
import dev.afterword.db.SmallBody;
import dev.afterword.db.inbox.CasePhotos;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.multipart.FilePartEvent;
import org.springframework.http.codec.multipart.FormPartEvent;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Reads a form with photos piece by piece. Each photo is made small as soon as it is there, one at a time in the whole process, so that a form of 50 MB never
 * stands in memory and however many send at once, one picture is drawn.
 */
@Component
class ReadUpload {
    private static final long MOST_BYTES = 6L * PhotoImage.MOST_BYTES;
    private static final int MOST_PARTS = 40;

    private final Scheduler drawing = Schedulers.newBoundedElastic(1, 1_000, "photos");

    /**
     * What was sent.
     *
     * @param wrong why photos could not be taken, each with its file's name
     */
    record Upload(MultiValueMap<String, String> fields, List<Picture> photos, List<WrongPhoto> wrong) {
        String value(String field) {
            var value = fields.getFirst(field);
            return value == null ? "" : value.strip();
        }

        @Nullable
        String valueOrNull(String field) {
            var value = value(field);
            return value.isEmpty() ? null : value;
        }
    }

    record WrongPhoto(String file, Rejected why) {}

    /** Of more than {@link CasePhotos#MOST} photos the rest is read and forgotten, and that is said. */
    Mono<Upload> read(Flux<PartEvent> events) {
        var upload = new Upload(new LinkedMultiValueMap<>(), new ArrayList<>(), new ArrayList<>());
        var bytes = new AtomicLong();
        var parts = new AtomicInteger();
        return events.doOnNext(event -> bytes.addAndGet(event.content().readableByteCount()))
                .handle((PartEvent event, SynchronousSink<PartEvent> sink) -> {
                    if (bytes.get() > MOST_BYTES || parts.get() > MOST_PARTS) {
                        DataBufferUtils.release(event.content());
                        sink.error(new DataBufferLimitException("more than a form with photos holds"));
                    } else {
                        sink.next(event);
                    }
                })
                .windowUntil(PartEvent::isLast)
                .concatMap(part -> {
                    parts.incrementAndGet();
                    return part.switchOnFirst((first, rest) -> switch (first.get()) {
                        case FormPartEvent field -> {
                            upload.fields.add(field.name(), clean(field.value()));
                            yield rest.then();
                        }
                        case FilePartEvent file -> photo(file.filename(), rest, upload);
                        case null, default ->
                            rest.doOnNext(event -> DataBufferUtils.release(event.content()))
                                    .then();
                    });
                })
                .then(Mono.just(upload));
    }

    private Mono<Void> photo(String file, Flux<PartEvent> events, Upload upload) {
        return SmallBody.read(
                        events.map(PartEvent::content),
                        PhotoImage.MOST_BYTES,
                        () -> new Rejected("feedback.photo-bytes", "photos"))
                .filter(bytes -> bytes.length > 0)
                .flatMap(bytes -> upload.photos.size() < CasePhotos.MOST
                        ? Mono.just(bytes)
                        : Mono.error(new Rejected("feedback.photos-many", "photos", CasePhotos.MOST)))
                .publishOn(drawing)
                .map(PhotoImage::read)
                .doOnNext(upload.photos::add)
                .onErrorResume(Rejected.class, why -> {
                    upload.wrong.add(new WrongPhoto(clean(file), why));
                    return Mono.empty();
                })
                .then();
    }

    private static String clean(String value) {
        return value.replace("\0", "").replace("\r\n", "\n");
    }
}
