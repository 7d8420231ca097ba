package dev.afterword.db.message.sender;

import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.contact.Address;
import dev.afterword.db.workspace.Base32;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Makes the keys by which a workspace will sign its mail for a domain: RSA, which every receiver knows, and Ed25519. They wait for their records. */
@Component
public class MakeSenderKeys {
    private static final int RSA_BITS = 2048;
    /** RFC 8463 §4.2: the key itself, without what says which algorithm it is of. */
    private static final int ED25519_BYTES = 32;

    private final SenderDomains senders;
    private final Transactions transactions;
    private final Clock clock;

    MakeSenderKeys(SenderDomains senders, Transactions transactions, Clock clock) {
        this.senders = senders;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Pairs(KeyPair rsa, KeyPair ed25519) {}

    /** Keys that sign go on signing until these take their place. */
    public Mono<SenderDomain> make(UUID workspaceId, String domain) {
        return Mono.fromCallable(MakeSenderKeys::pairs)
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(pairs -> {
                    var made = made(workspaceId, Address.domain(domain), pairs);
                    return transactions
                            .run(senders.add(
                                    made,
                                    pairs.rsa.getPrivate().getEncoded(),
                                    pairs.ed25519.getPrivate().getEncoded()))
                            .thenReturn(made);
                });
    }

    private SenderDomain made(UUID workspaceId, String domain, Pairs pairs) {
        var name = "aw" + Base32.random(6);
        var ed25519 = pairs.ed25519.getPublic().getEncoded();
        return new SenderDomain(
                Key.next(workspaceId),
                domain,
                name + "r",
                Base64.getEncoder().encodeToString(pairs.rsa.getPublic().getEncoded()),
                name + "e",
                Base64.getEncoder()
                        .encodeToString(Arrays.copyOfRange(ed25519, ed25519.length - ED25519_BYTES, ed25519.length)),
                clock.instant(),
                null,
                null);
    }

    private static Pairs pairs() throws NoSuchAlgorithmException {
        var rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(RSA_BITS);
        return new Pairs(
                rsa.generateKeyPair(), KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }
}
