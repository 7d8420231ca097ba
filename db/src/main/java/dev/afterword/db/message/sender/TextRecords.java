package dev.afterword.db.message.sender;

import java.util.List;
import reactor.core.publisher.Mono;

/** Asks the domain name system. */
@FunctionalInterface
public interface TextRecords {
    /** The records of type TXT under a name, each with its strings joined; empty where there are none, an error where nobody answers. */
    Mono<List<String>> find(String name);
}
