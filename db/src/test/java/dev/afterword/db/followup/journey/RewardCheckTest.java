package dev.afterword.db.followup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RewardCheckTest {
    static final String GIVE =
            "{\"key\": \"gift\", \"type\": \"give-reward\", \"kind\": \"KIND\", \"pool\": \"thanks\"}";
    static final String DELIVERED = "{\"on\": \"order-delivered\"}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"fact\": \"response.band\", \"operator\": \"is\", \"value\": \"bad\"}",
                "{\"fact\": \"answer.recommend\", \"operator\": \"at-most\", \"value\": 6}",
                "{\"fact\": \"answer.topic\", \"operator\": \"answered\"}",
                "{\"fact\": \"contact.stage\", \"operator\": \"is\", \"value\": \"supporter\"}",
                "{\"fact\": \"contact.latest.recommend\", \"operator\": \"at-least\", \"value\": 9}"
            })
    void refusesARewardThatDependsOnWhatWasSaidByEveryRoute(String rule) {
        var nested = "{\"not\": {\"any\": [" + rule + "]}}";
        refuses(DELIVERED, "\"audience\": " + rule + ",", GIVE);
        refuses(DELIVERED, "\"audience\": " + nested + ",", GIVE);
        refuses(DELIVERED, "\"exit\": " + rule + ",", GIVE);
        refuses(DELIVERED, "", branch(rule, GIVE, ""));
        refuses(DELIVERED, "", branch(rule, "", GIVE));
        refuses(DELIVERED, "", branch(rule, "{\"key\": \"over\", \"type\": \"end\"}", "") + ", " + GIVE);
        refuses(
                DELIVERED,
                "",
                branch(
                        rule,
                        "{\"key\": \"s\", \"type\": \"split\", \"arms\": [{\"key\": \"a\", \"steps\": [" + GIVE
                                + "]}, {\"key\": \"b\", \"steps\": []}]}",
                        ""));
        refuses(
                DELIVERED,
                "",
                branch(rule, "", "") + ", "
                        + branch2("{\"fact\": \"step.which\", \"operator\": \"is\", \"value\": \"way\"}", GIVE));
        refuses(
                DELIVERED,
                "",
                branch(
                                rule,
                                "{\"key\": \"note\", \"type\": \"set-attribute\", \"name\": \"sad\", \"value\": \"yes\"}",
                                "")
                        + ", "
                        + branch2("{\"fact\": \"contact.attribute.sad\", \"operator\": \"answered\"}", GIVE));
    }

    @ParameterizedTest
    @CsvSource({"stage-entered,1", "response-given,0"})
    void refusesARewardForAStageButNotForAnAnswerWhateverItSays(String on, int found) {
        var trigger = on.equals("stage-entered")
                ? "{\"on\": \"stage-entered\", \"stage\": \"supporter\"}"
                : "{\"on\": \"response-given\", \"survey\": \"post-purchase\"}";
        assertThat(findings(trigger, "", GIVE.replace("KIND", "reward"))).isEqualTo(found);
    }

    @Test
    void letsARewardDependOnOrdersAndOnWhetherSomebodyAnsweredAtAll() {
        assertThat(findings(
                        DELIVERED,
                        "\"audience\": {\"fact\": \"order.amount\", \"operator\": \"at-least\", \"value\": 10},",
                        "{\"key\": \"ask\", \"type\": \"ask\", \"survey\": \"post-purchase\"}, "
                                + branch(
                                        "{\"fact\": \"step.ask\", \"operator\": \"is\", \"value\": \"answered\"}",
                                        GIVE.replace("KIND", "reward"),
                                        "")))
                .isZero();
        assertThat(findings(
                        DELIVERED,
                        "",
                        branch("{\"fact\": \"response.band\", \"operator\": \"is\", \"value\": \"bad\"}", "", "") + ", "
                                + GIVE.replace("KIND", "reward")))
                .isZero();
    }

    @Test
    void readsWhatItWrites() {
        var definition = definition(DELIVERED, "", GIVE.replace("KIND", "goodwill"));
        assertThat(FollowUpReader.read(FollowUpWriter.write(definition))).isEqualTo(definition);
    }

    private static void refuses(String trigger, String more, String steps) {
        assertThat(findings(trigger, more, steps.replace("KIND", "reward")))
                .as(steps)
                .isEqualTo(1);
        assertThat(findings(trigger, more, steps.replace("KIND", "goodwill"))).isZero();
    }

    private static long findings(String trigger, String more, String steps) {
        return FollowUpCheck.of(definition(trigger, more, steps), Set.of("post-purchase")).stream()
                .filter(one -> one.code().equals("follow-up.reward-depends"))
                .count();
    }

    private static String branch(String rule, String steps, String otherwise) {
        return "{\"key\": \"which\", \"type\": \"branch\", \"cases\": [{\"key\": \"way\", \"when\": %s, \"steps\": [%s]}], \"otherwise\": [%s]}"
                .formatted(rule, steps, otherwise);
    }

    private static String branch2(String rule, String steps) {
        return branch(rule, steps, "").replace("\"which\"", "\"then\"");
    }

    private static FollowUpDefinition definition(String trigger, String more, String steps) {
        return FollowUpReader.read(
                "{\"purpose\": \"service\", \"trigger\": %s, %s \"steps\": [%s]}".formatted(trigger, more, steps));
    }
}
