package dev.afterword.web.workspace;

import dev.afterword.db.message.sender.TextRecords;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.xbill.DNS.Name;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Asks the name servers of this machine. Nothing is kept: whoever has just published a record wants to see it. */
@Component
class DnsTextRecords implements TextRecords {
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    @Override
    public Mono<List<String>> find(String name) {
        return Mono.defer(() -> Mono.fromCompletionStage(ask(name)))
                .subscribeOn(Schedulers.boundedElastic())
                .timeout(PATIENCE)
                .map(records -> records.getRecords().stream()
                        .filter(TXTRecord.class::isInstance)
                        .map(record -> text((TXTRecord) record))
                        .toList())
                .onErrorResume(DnsTextRecords::isThereNone, error -> Mono.just(List.of()));
    }

    private static CompletionStage<LookupResult> ask(String name) {
        try {
            return LookupSession.defaultBuilder()
                    .clearCaches()
                    .build()
                    .lookupAsync(Name.fromString(name, Name.root), Type.TXT);
        } catch (TextParseException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static boolean isThereNone(Throwable error) {
        var cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof NoSuchDomainException || cause instanceof NoSuchRRSetException;
    }

    private static String text(TXTRecord record) {
        return record.getStringsAsByteArrays().stream()
                .map(part -> new String(part, StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }
}
