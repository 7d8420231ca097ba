package dev.afterword.db.followup;

import dev.afterword.db.Fields;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.FollowUpReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/** Follow-ups to begin with, their mails in four languages, each for a level of the relationship. What only the shop can say stands in them in double brackets. */
public final class FollowUpGallery {
    private static final List<Template> TEMPLATES = Stream.of(
                    "after-delivery",
                    "thank-you",
                    "rescue",
                    "did-we-fix-it",
                    "you-said-we-did",
                    "care-tips",
                    "use-it-better",
                    "accessories",
                    "new-version",
                    "replenishment",
                    "birthday",
                    "win-back",
                    "new-clients")
            .map(FollowUpGallery::template)
            .toList();

    private FollowUpGallery() {}

    /**
     * A follow-up to begin with.
     *
     * @param survey of the gallery of surveys, which it asks; null where it asks none or the one that every workspace has
     */
    public record Template(
            String key, String name, @Nullable String survey, FollowUpDefinition definition) {}

    public static List<Template> all() {
        return TEMPLATES;
    }

    public static Optional<Template> find(String key) {
        return TEMPLATES.stream().filter(template -> template.key().equals(key)).findFirst();
    }

    private static Template template(String key) {
        try {
            var file = new ClassPathResource("dev/afterword/db/followup/gallery/" + key + ".json");
            var fields = Fields.parse(file.getContentAsString(StandardCharsets.UTF_8));
            fields.only(Set.of("name", "survey", "definition"));
            return new Template(
                    key,
                    fields.text("name", CreateFollowUp.NAME_LENGTH),
                    fields.optionalText("survey", 100),
                    FollowUpReader.read(fields.object("definition")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
