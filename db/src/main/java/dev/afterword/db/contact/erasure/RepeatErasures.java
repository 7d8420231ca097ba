package dev.afterword.db.contact.erasure;

import dev.afterword.db.workspace.Workspaces;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Does again, when a process starts, what the file of erasures says and the database does not know: it is older, restored from a dump. */
@Component
public class RepeatErasures {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatErasures.class);

    private final ErasureFile file;
    private final Erasures erasures;
    private final EraseContact eraseContact;
    private final Workspaces workspaces;

    RepeatErasures(ErasureFile file, Erasures erasures, EraseContact eraseContact, Workspaces workspaces) {
        this.file = file;
        this.erasures = erasures;
        this.eraseContact = eraseContact;
        this.workspaces = workspaces;
    }

    /** Whether the operator has said where the file is. */
    public boolean possible() {
        return file.kept();
    }

    /** How many were done again. */
    public Mono<Long> repeat() {
        return file.read()
                .flatMap(content -> Mono.justOrEmpty(content.key())
                        .flatMap(key -> erasures.keep(HexFormat.of().parseHex(key)))
                        .then(Flux.fromIterable(content.lines())
                                .groupBy(ErasureFile.Line::workspace)
                                .concatMap(lines -> lines.collectList().flatMap(all -> ofWorkspace(lines.key(), all)))
                                .reduce(0L, Long::sum)))
                .defaultIfEmpty(0L)
                .doOnNext(done -> {
                    if (done > 0) {
                        LOG.info("Erased {} people again, whom the restored database still knew.", done);
                    }
                });
    }

    private Mono<Long> ofWorkspace(String code, List<ErasureFile.Line> lines) {
        return workspaces
                .findByCode(code)
                .flatMap(workspace -> missing(workspace.id(), lines)
                        .concatMap(
                                line -> eraseContact.again(workspace.id(), line).thenReturn(line))
                        .count())
                .defaultIfEmpty(0L);
    }

    private Flux<ErasureFile.Line> missing(UUID workspaceId, List<ErasureFile.Line> lines) {
        return erasures.all(workspaceId)
                .collectList()
                .flatMapMany(done -> Flux.fromIterable(lines).filter(line -> !done.contains(line.contact())));
    }
}
