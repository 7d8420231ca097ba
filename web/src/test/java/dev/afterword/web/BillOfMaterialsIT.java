package dev.afterword.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bill of materials that the build packs into the jar: whole, under licences that we allow, and the same for the same sources. */
class BillOfMaterialsIT {
    /**
     * What may stand in the jar without a further obligation than to name it, and, of weak copyleft, what binds only who changes the library itself. Where a
     * component offers several licences, one of them is enough: we take it under that one. docs/running.md says why; a new word here is a decision.
     */
    private static final Set<String> ALLOWED = Set.of(
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "0BSD",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "Unicode-3.0",
            "EPL-2.0",
            "Bouncy Castle Licence");

    private final JsonNode bill = read();

    @Test
    void everyComponentHasALicenceThatWeAllow() {
        assertThat(components()
                        .filter(one -> !one.path("group").asString().equals("dev.afterword"))
                        .filter(one -> licences(one).noneMatch(ALLOWED::contains)))
                .as("components with none of the licences %s", ALLOWED)
                .map(one -> one.path("purl").asString() + " " + licences(one).toList())
                .isEmpty();
    }

    @Test
    void namesWhatTheJarRunsWithAndNothingThatOnlyTestsNeed() {
        assertThat(components().map(one -> one.path("name").asString()))
                .contains(
                        "afterword-db", "afterword-api", "afterword-worker", "spring-webflux", "echarts", "postgresql")
                .doesNotContain("junit-jupiter-api", "assertj-core", "archunit-junit5", "playwright");
    }

    @Test
    void carriesNothingThatChangesFromBuildToBuild() {
        assertThat(bill.path("metadata").has("timestamp")).isFalse();
        assertThat(bill.path("serialNumber").asString())
                .as("a name-based UUID, of the same name each time")
                .matches("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-3.*");
    }

    private Stream<JsonNode> components() {
        return bill.path("components").valueStream();
    }

    private static Stream<String> licences(JsonNode component) {
        return component
                .path("licenses")
                .valueStream()
                .flatMap(one -> Stream.of(one.at("/license/id"), one.at("/license/name"), one.path("expression")))
                .filter(JsonNode::isString)
                .map(JsonNode::asString);
    }

    private static JsonNode read() {
        try (var file = Objects.requireNonNull(
                BillOfMaterialsIT.class.getResourceAsStream("/META-INF/sbom/application.cdx.json"),
                "The build writes it in phase prepare-package: ./mvnw verify")) {
            return JsonMapper.shared().readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
