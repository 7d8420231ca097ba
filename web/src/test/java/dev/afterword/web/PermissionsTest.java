package dev.afterword.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.api.ApiPermits;
import dev.afterword.db.workspace.ApiKeys;
import dev.afterword.db.workspace.CustomRoles;
import dev.afterword.db.workspace.Permission;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Sessions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tries every page and call of the running application as everybody, and writes what it found to {@code docs/permissions.md}. */
@WebTest
class PermissionsTest {
    private static final Path DOCS = Path.of("../docs/permissions.md");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Autowired
    TestStaff staff;

    @Autowired
    Sessions sessions;

    @Autowired
    CustomRoles customRoles;

    @Autowired
    ApiKeys keys;

    /** A place as it is mapped. */
    private record Place(HttpMethod method, String pattern) {
        boolean inside() {
            return pattern.startsWith("/w/");
        }

        boolean endsSessions() {
            return pattern.endsWith("/you/sessions/end");
        }

        boolean call() {
            return pattern.startsWith("/api/");
        }

        /** Empty for what is open to everybody who has the link. */
        Optional<Permission> asked() {
            return inside()
                    ? Optional.of(Permits.asked(method, pattern.replaceFirst("^/w/\\{[^}]*}/?", "")))
                    : call() ? ApiPermits.asked(method, pattern) : Optional.empty();
        }

        /** The same place in another spelling: the first letter of what every path of it has is percent-encoded. */
        Place encoded() {
            return new Place(
                    method,
                    Arrays.stream(pattern.substring(1).split("/"))
                            .map(segment -> segment.matches("[a-z].*")
                                    ? "%%%02X%s".formatted((int) segment.charAt(0), segment.substring(1))
                                    : segment)
                            .collect(Collectors.joining("/", "/", "")));
        }

        String path(String workspace) {
            return pattern.replaceFirst("^/(w|%77)/\\{[^}]*}", "/$1/" + workspace)
                    .replace("{kind}", "orders")
                    .replaceAll("\\{[^}]*}", "019aa000-0000-7000-8000-000000000000");
        }
    }

    private List<Place> places() {
        return mappings.getHandlerMethods().keySet().stream()
                .flatMap(info -> info.getPatternsCondition().getPatterns().stream()
                        .flatMap(pattern -> info.getMethodsCondition().getMethods().stream()
                                .map(method -> new Place(method.asHttpMethod(), pattern.getPatternString()))))
                .filter(place -> !place.pattern().startsWith("/error"))
                .distinct()
                .sorted(Comparator.comparing(Place::pattern)
                        .thenComparing(place -> place.method().name()))
                .toList();
    }

    @Test
    void everyPageOpensToWhomTheTableSaysAndToNobodyElse() {
        var workspace = staff.workspace();
        var reader = customRoles
                .add(workspace.id(), "Writer", Permission.of(List.of("design-surveys")), Instant.now())
                .block();
        var members = Stream.concat(Role.builtIn().stream(), Stream.of(reader))
                .map(role -> staff.member(workspace, role))
                .toList();
        var foreign = staff.owner();
        Function<Place, Flux<String>> tried = place -> Flux.concat(
                wrong(place, "nobody", request(place, workspace.code(), null), PermissionsTest::leadsToSignIn),
                wrong(
                        place,
                        "another owner",
                        request(place, workspace.code(), foreign),
                        status -> status.equals("404")),
                Flux.fromIterable(members).concatMap(member -> {
                    var may = member.role().may(place.asked().orElseThrow());
                    return wrong(
                            place,
                            member.role().code(),
                            request(place, workspace.code(), member),
                            status -> may == !status.equals("403") && !leadsToSignIn(status));
                }));
        var pages = places().stream().filter(Place::inside).toList();
        // What ends somebody's other sessions would end those that are tried meanwhile.
        var found = Flux.fromIterable(pages)
                .filter(place -> !place.endsSessions())
                .flatMap(tried, 6)
                .concatWith(Flux.fromIterable(pages).filter(Place::endsSessions).concatMap(tried))
                .collectList()
                .block(Duration.ofMinutes(2));
        assertThat(found).isEmpty();
    }

    @Test
    void everyCallAsksItsKeyForThePermissionOfTheTable() {
        var workspace = staff.workspace();
        var every = Stream.concat(Role.builtIn().stream().map(Role::permissions), Stream.of(Set.of(Permission.TAKE_IN)))
                .map(permissions -> {
                    var given = EnumSet.copyOf(permissions);
                    given.retainAll(ApiKeys.GIVABLE);
                    return keys.create(workspace, "key", given, null).block();
                })
                .toList();
        var found = Flux.fromIterable(places())
                .filter(Place::call)
                .flatMap(
                        place -> Flux.concat(
                                wrong(
                                        place,
                                        "nobody",
                                        call(place, null),
                                        status -> place.asked().isPresent() == status.equals("401")),
                                Flux.fromIterable(every).concatMap(key -> {
                                    var may = place.asked()
                                            .map(key.apiKey().permissions()::contains)
                                            .orElse(true);
                                    return wrong(
                                            place,
                                            key.apiKey().permissions().toString(),
                                            call(place, key.secret()),
                                            status -> may == !status.equals("403") && !status.equals("401"));
                                })),
                        6)
                .collectList()
                .block(Duration.ofMinutes(2));
        assertThat(found).isEmpty();
    }

    @Test
    void whoMayNotOpenAPlaceMayNotWhenItsPathIsSpeltOtherwiseEither() {
        var workspace = staff.workspace();
        var members = Stream.of(Role.MARKETER, Role.VIEWER)
                .map(role -> staff.member(workspace, role))
                .toList();
        var key = keys.create(workspace, "key", EnumSet.of(Permission.TAKE_IN), null)
                .block();
        Predicate<String> refused = "403"::equals;
        var found = Flux.fromIterable(places())
                .filter(place -> place.inside() || place.call())
                .flatMap(
                        place -> place.call()
                                ? place.asked()
                                                .filter(asked -> asked != Permission.TAKE_IN)
                                                .isPresent()
                                        ? wrong(place, "key", call(place.encoded(), key.secret()), refused)
                                        : Flux.<String>empty()
                                : Flux.fromIterable(members)
                                        .filter(member ->
                                                !member.role().may(place.asked().orElseThrow()))
                                        .concatMap(member -> wrong(
                                                place,
                                                member.role().code(),
                                                request(place.encoded(), workspace.code(), member),
                                                refused)),
                        6)
                .collectList()
                .block(Duration.ofMinutes(2));
        assertThat(found).isEmpty();
    }

    @Test
    void whatIsOpenNeedsNoSignIn() {
        var found = Flux.fromIterable(places())
                .filter(place -> !place.inside() && !place.call() && place.method() == HttpMethod.GET)
                .flatMap(
                        place -> wrong(
                                place,
                                "nobody",
                                request(place, "", null),
                                status -> !leadsToSignIn(status) && !status.equals("403")),
                        6)
                .collectList()
                .block(Duration.ofMinutes(2));
        assertThat(found).isEmpty();
    }

    @Test
    void theTableInTheDocsIsTheOneThatHolds() throws IOException {
        var written = Files.exists(DOCS) ? Files.readString(DOCS) : "";
        var table = table();
        if (!written.equals(table)) {
            Files.writeString(DOCS, table);
        }
        assertThat(written)
                .as("docs/permissions.md was written anew: look at what changed, and commit it")
                .isEqualTo(table);
    }

    private static boolean leadsToSignIn(String status) {
        return status.startsWith("303 /?next=") || status.equals("204");
    }

    private static Mono<String> wrong(Place place, String who, Mono<String> request, Predicate<String> right) {
        return Mono.defer(() -> request)
                .filter(status -> !status.equals("503"))
                .repeatWhenEmpty(20, again -> again.delayElements(Duration.ofMillis(500)))
                .filter(status -> !right.test(status))
                .map(status -> "%s %s as %s: %s, asks for %s"
                        .formatted(place.method(), place.pattern(), who, status, place.asked()));
    }

    private Mono<String> request(Place place, String workspace, TestStaff.Member member) {
        var client = WebClient.create();
        var request = client.method(place.method()).uri(URI.create(staff.base() + place.path(workspace)));
        if (member == null) {
            return place.method() == HttpMethod.GET
                    ? request.exchangeToMono(PermissionsTest::status)
                    : Mono.just("303 /?next=");
        }
        return sessions.open(member.staff().id(), Instant.now())
                .flatMap(id -> sessions.find(id, Instant.now())
                        .flatMap(session -> request.header(HttpHeaders.COOKIE, "__Host-afterword=" + id)
                                .header("X-CSRF-TOKEN", masked(session.csrfToken()))
                                .exchangeToMono(PermissionsTest::status)));
    }

    /** As a page carries it: xored with random bytes, here with none. */
    private static String masked(String token) {
        var bytes = token.getBytes(StandardCharsets.UTF_8);
        var both = new byte[2 * bytes.length];
        System.arraycopy(bytes, 0, both, bytes.length, bytes.length);
        return Base64.getUrlEncoder().encodeToString(both);
    }

    private Mono<String> call(Place place, String secret) {
        var request = WebClient.create().method(place.method()).uri(URI.create(staff.base() + place.path("")));
        return (secret == null ? request : request.header(HttpHeaders.AUTHORIZATION, "Bearer " + secret))
                .contentType(MediaType.APPLICATION_JSON)
                .exchangeToMono(PermissionsTest::status);
    }

    private static Mono<String> status(ClientResponse response) {
        var location = response.headers().asHttpHeaders().getFirst(HttpHeaders.LOCATION);
        var status = response.statusCode().value() + (location == null ? "" : " " + location);
        var endless = response.headers().contentType().filter(MediaType.TEXT_EVENT_STREAM::isCompatibleWith);
        var body = endless.isPresent()
                ? response.body(BodyExtractors.toDataBuffers())
                        .take(Duration.ofMillis(1))
                        .doOnNext(DataBufferUtils::release)
                        .then()
                : response.releaseBody();
        return body.thenReturn(status);
    }

    private String table() {
        var text = new ArrayList<>(List.of(
                "# Who may do what",
                "This page is written by `PermissionsTest`, which enumerates every page and call of the running application, tries each as nobody, in every role, in a role that the workspace made, and as another workspace's owner, and fails when one of them differs from this table.",
                "",
                "Every page below `/w/{workspace}/` and every call below `/api/v1/` asks for one permission. A role is a set of permissions: four roles stand in every workspace, and each workspace can make its own under Settings → Staff. An API key is a set of permissions too. For who is not signed in a page leads to sign-in; for who does not belong to the workspace it does not exist (404); who lacks the permission is refused (403). Without “see-customers” the responses, their lists and files come without names, addresses and orders. Nobody can give, change or take away a role or a key that goes beyond their own role.",
                "",
                "## Roles",
                "| permission | owner | marketer | support | viewer | API keys |",
                "| --- | --- | --- | --- | --- | --- |"));
        for (var permission : Permission.values()) {
            text.add("| %s | %s | %s |"
                    .formatted(
                            permission.code(), marks(permission), ApiKeys.GIVABLE.contains(permission) ? "yes" : ""));
        }
        text.addAll(List.of(
                "",
                "## Pages",
                "| page | permission | owner | marketer | support | viewer |",
                "| --- | --- | --- | --- | --- | --- |"));
        lines(text, places().stream().filter(Place::inside).toList());
        text.addAll(List.of(
                "",
                "## Calls",
                "The columns say what a key with the permissions of that role may do.",
                "",
                "| call | permission | owner | marketer | support | viewer |",
                "| --- | --- | --- | --- | --- | --- |"));
        lines(text, places().stream().filter(Place::call).toList());
        text.addAll(List.of(
                "",
                "## Open to who has the link",
                "Sign-in and links by mail, the pages that customers open, and answering by an invitation’s token. They show what the link is for and nothing else.",
                ""));
        var open = new TreeSet<String>();
        places().stream()
                .filter(place -> place.asked().isEmpty() && !place.call())
                .forEach(place -> open.add("`" + place.method() + " " + place.pattern() + "`"));
        text.add(String.join(" · ", open));
        return String.join("\n", text) + "\n";
    }

    private static void lines(List<String> text, List<Place> places) {
        for (var place : places) {
            text.add("| `%s %s` | %s | %s |"
                    .formatted(
                            place.method(),
                            place.pattern().replace("|", "\\|"),
                            place.asked().map(Permission::code).orElse("open"),
                            place.asked()
                                    .map(PermissionsTest::marks)
                                    .orElse(Arrays.stream(new String[4])
                                            .map(nothing -> "yes")
                                            .collect(Collectors.joining(" | ")))));
        }
    }

    private static String marks(Permission permission) {
        return Role.builtIn().stream()
                .map(role -> role.may(permission) ? "yes" : "")
                .collect(Collectors.joining(" | "));
    }
}
