package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.followup.journey.FollowUpCheck;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.followup.journey.Trigger;
import dev.afterword.db.message.Locality;
import dev.afterword.db.message.mail.Lint;
import dev.afterword.db.message.mail.MailFinding;
import dev.afterword.db.message.mail.MailScope;
import dev.afterword.db.workspace.Colour;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each follow-up of the gallery can be published as soon as the shop has said what only the shop can say. */
class FollowUpGalleryTest {
    private static final Set<String> LEFT_TO_THE_SHOP = Set.of("mail.prompt-left", "mail.link-not-https");

    @Test
    void hasThirteenThatMakeSense() {
        assertThat(FollowUpGallery.all()).hasSize(13);
        for (var template : FollowUpGallery.all()) {
            assertThat(FollowUpCheck.of(template.definition(), Set.of("post-purchase", "service-contact")))
                    .as(template.key())
                    .isEmpty();
            template.definition().allSteps().stream()
                    .filter(Step.Mail.class::isInstance)
                    .forEach(step -> assertThat(Lint.of(
                                            ((Step.Mail) step).content(),
                                            new MailScope(
                                                    List.copyOf(Locality.LANGUAGES),
                                                    Colour.parse("#0b6475").orElseThrow(),
                                                    template.definition()
                                                            .trigger()
                                                            .perOrder(),
                                                    false,
                                                    false,
                                                    Set.of(),
                                                    template.definition().trigger() instanceof Trigger.TopicChanged))
                                    .stream()
                                    .map(MailFinding::code))
                            .as(template.key() + " " + step.key())
                            .allMatch(LEFT_TO_THE_SHOP::contains));
        }
    }
}
