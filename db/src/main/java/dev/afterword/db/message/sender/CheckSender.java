package dev.afterword.db.message.sender;

import dev.afterword.db.contact.Address;
import dev.afterword.db.message.sender.SenderCheck.Finding;
import dev.afterword.db.message.sender.SenderCheck.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks up what receivers look up about a sender: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489), and names the record that is missing. */
@Component
public class CheckSender {
    private static final Pattern HOST = Pattern.compile("(?=.*[a-z])[a-z0-9-]+(\\.[a-z0-9-]+)+");
    private static final Pattern OPEN = Pattern.compile("(^|\\s)[+?]?all(\\s|$)", Pattern.CASE_INSENSITIVE);

    private final SenderDomains senders;
    private final String mailServer;
    private final String incoming;

    CheckSender(
            SenderDomains senders,
            @Value("${spring.mail.host:}") String mailServer,
            @Value("${afterword.mail.incoming.address:}") String incoming) {
        this.senders = senders;
        this.mailServer = Address.domain(mailServer);
        this.incoming = incoming.toLowerCase(Locale.ROOT);
    }

    /**
     * What is found, in the order SPF, DKIM, DMARC.
     *
     * @param keys those that sign and those that wait
     */
    public record Report(String domain, List<SenderDomain> keys, List<SenderCheck> checks) {
        /** The pair that waits; its records stand in the checks. */
        public @Nullable SenderDomain waiting() {
            return keys.stream().filter(pair -> !pair.signs()).findFirst().orElse(null);
        }

        public @Nullable SenderDomain signing() {
            return keys.stream().filter(SenderDomain::signs).findFirst().orElse(null);
        }

        /** Whether the records of the keys that wait are published. */
        public boolean mayStart() {
            return waiting() != null
                    && checks.stream()
                            .filter(check -> check.kind() == Kind.DKIM_RSA || check.kind() == Kind.DKIM_ED25519)
                            .allMatch(SenderCheck::right);
        }
    }

    /** Asks for everything at once. */
    public Mono<Report> check(UUID workspaceId, String domain, TextRecords records) {
        return senders.of(workspaceId, domain)
                .flatMap(keys -> Flux.merge(Flux.fromIterable(questions(domain, keys, records)))
                        .sort((one, other) -> one.kind().compareTo(other.kind()))
                        .collectList()
                        .map(checks -> new Report(domain, keys, checks)));
    }

    private List<Mono<SenderCheck>> questions(String domain, List<SenderDomain> keys, TextRecords records) {
        var questions = new ArrayList<Mono<SenderCheck>>();
        var returnDomain = incoming.contains("@") ? Address.domain(incoming) : domain;
        questions.add(ask(records, Kind.SPF, returnDomain, this::spf));
        if (keys.isEmpty()) {
            questions.add(Mono.just(new SenderCheck(Kind.DKIM_RSA, Finding.NO_KEYS, domain, List.of(), null)));
        } else {
            var wanted = keys.getFirst().records();
            questions.add(ask(
                    records,
                    Kind.DKIM_RSA,
                    wanted.getFirst().name(),
                    found -> dkim(found, wanted.getFirst().value())));
            questions.add(ask(
                    records,
                    Kind.DKIM_ED25519,
                    wanted.getLast().name(),
                    found -> dkim(found, wanted.getLast().value())));
        }
        questions.add(dmarc(records, domain, domain));
        return questions;
    }

    /** What a rule makes of the records under a name. */
    private interface Rule {
        Judged judge(List<String> found);
    }

    private record Judged(
            Finding finding, List<String> found, @Nullable String wanted) {}

    private static Mono<SenderCheck> ask(TextRecords records, Kind kind, String name, Rule rule) {
        return records.find(name)
                .map(rule::judge)
                .map(judged -> new SenderCheck(kind, judged.finding, name, judged.found, judged.wanted))
                .onErrorResume(error -> Mono.just(new SenderCheck(kind, Finding.UNANSWERED, name, List.of(), null)));
    }

    private Judged spf(List<String> all) {
        var found = all.stream()
                .filter(record -> record.strip().toLowerCase(Locale.ROOT).matches("v=spf1(\\s.*)?"))
                .toList();
        var server =
                HOST.matcher(mailServer).matches() && !mailServer.startsWith("localhost") ? "a:" + mailServer : "mx";
        var wanted = "v=spf1 " + server + " ~all";
        if (found.size() != 1) {
            return new Judged(found.isEmpty() ? Finding.MISSING : Finding.SEVERAL, found, wanted);
        }
        return OPEN.matcher(found.getFirst()).find()
                ? new Judged(
                        Finding.OPEN,
                        found,
                        OPEN.matcher(found.getFirst()).replaceFirst(" ~all").strip())
                : new Judged(Finding.RIGHT, found, null);
    }

    private static Judged dkim(List<String> all, String wanted) {
        if (all.isEmpty()) {
            return new Judged(Finding.MISSING, all, wanted);
        }
        if (all.size() > 1) {
            return new Judged(Finding.SEVERAL, all, wanted);
        }
        var found = tags(all.getFirst());
        var right = tags(wanted);
        boolean same = Objects.equals(right.get("p"), found.get("p"))
                && Objects.equals(right.get("k"), found.getOrDefault("k", "rsa"))
                && "DKIM1".equals(found.getOrDefault("v", "DKIM1"));
        return same ? new Judged(Finding.RIGHT, all, null) : new Judged(Finding.WRONG, all, wanted);
    }

    /** It may stand for the domain, or for one that this is part of; the nearest counts. */
    private static Mono<SenderCheck> dmarc(TextRecords records, String domain, String at) {
        var name = "_dmarc." + at;
        return records.find(name)
                .flatMap(all -> {
                    var found = all.stream()
                            .filter(record -> "DMARC1".equals(tags(record).get("v")))
                            .toList();
                    var parent = at.substring(at.indexOf('.') + 1);
                    if (found.isEmpty() && parent.contains(".")) {
                        return dmarc(records, domain, parent);
                    }
                    return Mono.just(dmarc(found, domain, name));
                })
                .onErrorResume(
                        error -> Mono.just(new SenderCheck(Kind.DMARC, Finding.UNANSWERED, name, List.of(), null)));
    }

    private static SenderCheck dmarc(List<String> found, String domain, String name) {
        var wanted = "v=DMARC1; p=none; rua=mailto:postmaster@" + domain;
        if (found.isEmpty()) {
            return new SenderCheck(Kind.DMARC, Finding.MISSING, "_dmarc." + domain, found, wanted);
        }
        if (found.size() > 1) {
            return new SenderCheck(Kind.DMARC, Finding.SEVERAL, name, found, wanted);
        }
        var policy = tags(found.getFirst()).getOrDefault("p", "");
        return List.of("none", "quarantine", "reject").contains(policy.toLowerCase(Locale.ROOT))
                ? new SenderCheck(Kind.DMARC, Finding.RIGHT, name, found, null)
                : new SenderCheck(Kind.DMARC, Finding.WRONG, name, found, wanted);
    }

    /** Tags and values as RFC 6376 §3.2 has them, without spaces. */
    private static Map<String, String> tags(String record) {
        return Arrays.stream(record.split(";", -1))
                .map(tag -> tag.split("=", 2))
                .filter(tag -> tag.length == 2)
                .collect(Collectors.toMap(
                        tag -> tag[0].strip(), tag -> tag[1].replaceAll("\\s", ""), (first, second) -> first));
    }
}
