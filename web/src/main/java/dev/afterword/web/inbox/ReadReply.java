package dev.afterword.web.inbox;

import dev.afterword.db.Rejected;
import dev.afterword.db.SmallBody;
import dev.afterword.db.message.attachment.Attached;
import dev.afterword.web.Form;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the files that an answer of staff takes along; where they are too many or too large the form says so, and none is taken. */
final class ReadReply {
    static final int MOST_FILES = 5;
    static final int MOST_BYTES = 10 * 1024 * 1024;
    /** Many mailboxes take no more than that, coded. */
    private static final int MOST_TOGETHER = 15 * 1024 * 1024;

    private ReadReply() {}

    static Mono<List<Attached>> files(ServerWebExchange exchange, Form form) {
        var type = exchange.getRequest().getHeaders().getContentType();
        if (!MediaType.MULTIPART_FORM_DATA.isCompatibleWith(type)) {
            return Mono.just(List.of());
        }
        var read = new ArrayList<Attached>();
        return exchange.getMultipartData()
                .flatMapMany(parts -> Flux.fromIterable(parts.getOrDefault("files", List.<Part>of())))
                .ofType(FilePart.class)
                .concatMap(file -> file(file, read))
                .then(Mono.fromSupplier(() -> List.copyOf(read)))
                .onErrorResume(Rejected.class, why -> {
                    form.reject(why);
                    return Mono.just(List.of());
                });
    }

    private static Mono<Void> file(FilePart file, List<Attached> read) {
        var type = file.headers().getContentType();
        return SmallBody.read(
                        file.content(),
                        MOST_BYTES,
                        () -> new Rejected("case.file-large", "files", file.filename(), MOST_BYTES >> 20))
                .filter(bytes -> bytes.length > 0)
                .doOnNext(bytes -> {
                    if (read.size() == MOST_FILES) {
                        throw new Rejected("case.files-many", "files", MOST_FILES);
                    }
                    read.add(Attached.file(file.filename(), type == null ? "" : type.toString(), bytes));
                    if (read.stream().mapToLong(Attached::size).sum() > MOST_TOGETHER) {
                        throw new Rejected("case.files-large", "files", MOST_TOGETHER >> 20);
                    }
                })
                .then();
    }
}
