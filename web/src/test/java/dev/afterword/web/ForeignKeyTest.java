package dev.afterword.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.workspace.ApiKeys;
import dev.afterword.db.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** Tries every call that names something of a workspace with a key of another workspace that may do everything: nothing is there, and nothing changes. */
@WebTest
class ForeignKeyTest {
    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Autowired
    TestStaff staff;

    @Autowired
    ApiKeys keys;

    @Autowired
    BeanFactory beans;

    @Autowired
    DatabaseClient database;

    /** A call of one thing of a workspace. */
    private record Call(HttpMethod method, String path) {}

    @Test
    void aKeyOpensAndChangesNothingOfAnotherWorkspace() {
        var customer = AskedCustomer.in(beans);
        customer.invited();
        var own = client(customer.workspace());
        var foreign = client(staff.workspace());
        var things = things(customer.workspace(), own);
        var calls = calls(things);
        var reads = calls.stream()
                .filter(call -> call.method().equals(HttpMethod.GET))
                .toList();

        var before = read(own, reads);
        assertThat(before.values()).as("what the own key reads").allMatch(answer -> answer.startsWith("200"));
        var found = new ArrayList<String>();
        for (var call : calls) {
            var status = answer(foreign, call).substring(0, 3);
            // What cannot be read is not looked up.
            var refused = call.method().equals(HttpMethod.GET) || call.method().equals(HttpMethod.DELETE)
                    ? List.of("404", "204")
                    : List.of("404", "400", "415", "422", "204");
            if (!refused.contains(status)) {
                found.add(call + ": " + status);
            }
        }
        assertThat(found).isEmpty();
        assertThat(read(own, reads)).isEqualTo(before);
    }

    /** Something of each kind, by the beginning of its path. */
    private Map<String, String> things(Workspace workspace, WebTestClient own) {
        assertThat(answer(own, HttpMethod.POST, "/api/v1/endpoints", """
                        {"name": "only-here", "url": "https://hooks.example/in", "events": ["order.added"]}""")).startsWith("201");
        var opened = answer(own, HttpMethod.POST, "/api/v1/cases", """
                {"kind": "complaint", "subject": "The kettle came dented"}""");
        assertThat(opened).startsWith("201");
        return Map.of(
                "/api/v1/cases/",
                opened.replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1"),
                "/api/v1/contacts/",
                id("contact", workspace),
                "/api/v1/orders/",
                id("customer_order", workspace),
                "/api/v1/endpoints/",
                "only-here");
    }

    private String id(String table, Workspace workspace) {
        return database.sql("select id from " + table + " where workspace_id = $1")
                .bind(0, workspace.id())
                .mapValue(UUID.class)
                .first()
                .block()
                .toString();
    }

    private List<Call> calls(Map<String, String> things) {
        return mappings.getHandlerMethods().keySet().stream()
                .flatMap(info -> info.getPatternsCondition().getPatterns().stream()
                        .flatMap(pattern -> things.entrySet().stream()
                                .filter(thing -> pattern.getPatternString().startsWith(thing.getKey() + "{"))
                                .flatMap(thing -> info.getMethodsCondition().getMethods().stream()
                                        .map(method -> new Call(
                                                method.asHttpMethod(),
                                                pattern.getPatternString()
                                                        .replaceFirst("\\{[^}]*}", thing.getValue())
                                                        .replaceAll(
                                                                "\\{[^}]*}",
                                                                "019aa000-0000-7000-8000-000000000000"))))))
                .distinct()
                .toList();
    }

    private WebTestClient client(Workspace workspace) {
        var secret =
                keys.create(workspace, "all", ApiKeys.GIVABLE, null).block().secret();
        return staff.visitor()
                .mutate()
                .defaultHeader("Authorization", "Bearer " + secret)
                .build();
    }

    private static Map<String, String> read(WebTestClient client, List<Call> calls) {
        var answers = new TreeMap<String, String>();
        calls.forEach(call -> answers.put(call.path(), answer(client, call)));
        return answers;
    }

    private static String answer(WebTestClient client, Call call) {
        return answer(client, call.method(), call.path(), "{}");
    }

    private static String answer(WebTestClient client, HttpMethod method, String path, String body) {
        var request = client.method(method).uri(path);
        var answer = (Stream.of(HttpMethod.GET, HttpMethod.DELETE).anyMatch(method::equals)
                        ? request
                        : request.contentType(MediaType.APPLICATION_JSON).bodyValue(body))
                .exchange()
                .expectBody(String.class)
                .returnResult();
        return answer.getStatus().value() + " " + answer.getResponseBody();
    }
}
