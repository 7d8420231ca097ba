package dev.afterword.api.response;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How answers are given, by the keys of the survey's questions. */
@Schema(
        name = "Answers",
        requiredProperties = {"answers"})
record AnswersBody(
        @Schema(example = "{\"recommend\": 9, \"comment\": \"A fine kettle.\"}")
        Map<String, Object> answers,

        @Schema(description = "Every question was shown, and a person pressed the button") @Nullable
        Boolean complete,

        @Schema(description = "A person pressed a button; otherwise as complete says") @Nullable
        Boolean confirmed) {}
