package dev.afterword.db.survey.moving;

import dev.afterword.db.Rejected;
import dev.afterword.db.Unavailable;
import dev.afterword.db.survey.DefinitionCheck;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** Recognises by its content which product a survey was made with, and reads it. What would keep it from being published is among its findings. */
@Component
public class ReadForeignSurvey implements DisposableBean {
    /** How large a file may be. */
    public static final int MOST_BYTES = 10 * 1024 * 1024;

    /** One at a time: a large file takes much memory while it is read. */
    private final Scheduler scheduler = Schedulers.newBoundedElastic(1, 20, "moving");

    /** The survey. Otherwise {@link Rejected} with one sentence: another kind of file, broken, hostile or too large. */
    public Mono<ForeignSurvey> read(byte[] file) {
        return Mono.fromSupplier(() -> of(file))
                .subscribeOn(scheduler)
                .onErrorMap(RejectedExecutionException.class, busy -> new Unavailable("busy", busy));
    }

    @Override
    public void destroy() {
        scheduler.dispose();
    }

    static ForeignSurvey of(byte[] file) {
        var read = recognised(file);
        var findings = new ArrayList<>(read.findings());
        DefinitionCheck.of(read.definition())
                .forEach(problem -> findings.add(
                        new Finding(problem.code(), problem.path(), problem.question(), problem.arguments())));
        return new ForeignSurvey(read.product(), read.definition(), findings);
    }

    /** What is said of a file with more than {@link #MOST_BYTES}. */
    public static Rejected tooLarge() {
        return new Rejected("moving.too-large", "file", MOST_BYTES / 1024 / 1024);
    }

    private static ForeignSurvey recognised(byte[] file) {
        if (file.length > MOST_BYTES) {
            throw tooLarge();
        }
        int at = file.length > 2 && file[0] == (byte) 0xEF && file[1] == (byte) 0xBB && file[2] == (byte) 0xBF ? 3 : 0;
        while (at < file.length && Character.isWhitespace(file[at])) {
            at++;
        }
        if (at == file.length) {
            throw new Rejected("moving.empty", null);
        }
        return switch (file[at]) {
            case '<' -> LssReader.read(LssTables.read(file));
            case '{', '[' -> json(text(file, file[0] == (byte) 0xEF ? 3 : 0));
            case 'P' ->
                throw new Rejected(file.length > 1 && file[1] == 'K' ? "moving.archive" : "moving.kind-unknown", null);
            default -> throw new Rejected("moving.kind-unknown", null);
        };
    }

    private static String text(byte[] file, int from) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file, from, file.length - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Rejected("moving.not-utf-8", null);
        }
    }

    private static ForeignSurvey json(String text) {
        var root = Json.parse(text);
        if (root.path("data").isObject()) {
            root = root.get("data");
        }
        if (isOurs(root)) {
            throw new Rejected("moving.ours", null);
        }
        if (FormbricksReader.recognises(root)) {
            return FormbricksReader.read(root);
        }
        if (root.isObject()
                && (root.path("pages").isArray()
                        || root.path("elements").isArray()
                        || root.path("questions").isArray())) {
            return SurveyJsReader.read(root);
        }
        throw new Rejected("moving.kind-unknown", null);
    }

    private static boolean isOurs(JsonNode root) {
        var first = root.path("pages").path(0).path("questions").path(0);
        return (first.isMissingNode() ? root.path("questions").path(0) : first)
                .path("key")
                .isString();
    }
}
