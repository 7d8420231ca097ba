package dev.afterword.web.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.followup.journey.FollowUpReader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class JourneyTreeTest {
    private static final String DRAFT = """
            {"level": 4, "purpose": "tips", "trigger": {"on": "order-placed"}, "steps": [
                {"key": "wait", "type": "wait", "days": 2},
                {"key": "try", "type": "split", "arms": [{"key": "a", "steps": []}, {"key": "b", "steps": []}]}]}
            """;

    /** Who went through the step that is gone would be taken for somebody who went through the new one. */
    @Test
    void givesNothingNewTheKeyOfWhatWasEverPublished() {
        var tree = JourneyTree.of(
                FollowUpReader.read(DRAFT),
                Set.of("wait", "wait-2", "mail", "try", "try/a", "try/b", "try/way", "old/way-2"));

        assertThat(tree.add(JourneyPlace.WHOLE, step("mail"))).isEqualTo(JourneyPlace.step("mail-2"));
        assertThat(tree.add(JourneyPlace.WHOLE, step("wait"))).isEqualTo(JourneyPlace.step("wait-3"));
        assertThat(tree.add(JourneyPlace.WHOLE, step("end"))).isEqualTo(JourneyPlace.step("end"));
        assertThat(tree.addWay("try", step("")))
                .as("what another split had is nothing to this one")
                .isEqualTo(JourneyPlace.way("try", "way-2"));
    }

    private static ObjectNode step(String type) {
        return JsonMapper.builder().build().createObjectNode().put("type", type);
    }
}
