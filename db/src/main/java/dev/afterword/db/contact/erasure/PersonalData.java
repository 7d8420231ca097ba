package dev.afterword.db.contact.erasure;

import java.util.List;
import reactor.core.publisher.Mono;

/** What one feature keeps of a person; each feature that keeps something has one. Contact's own is asked last. */
public interface PersonalData {
    /** Everything, as rows of named values; one statement a section. */
    Mono<List<Section>> of(Person person);

    /** Takes away everything that names them or is in their words, and leaves what is counted; joins the transaction of its caller. */
    Mono<Void> erase(Person person);
}
