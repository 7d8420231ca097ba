package dev.afterword.db.survey;

import dev.afterword.db.Fields;
import dev.afterword.db.order.Offer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a survey promises for answering it: the same for all, whatever they say.
 *
 * @param pool where its code comes from
 * @param offer what that is worth, as it stood when it was promised
 */
public record Promise(UUID pool, Offer offer) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** As a column holds it; null for null. */
    public static @Nullable Promise parse(@Nullable String json) {
        if (json == null) {
            return null;
        }
        var fields = Fields.parse(json);
        return new Promise(UUID.fromString(fields.text("pool", 36)), Offer.read(fields.object("offer")));
    }

    public String json() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("pool", pool.toString());
        tree.put("offer", offer.tree());
        return MAPPER.writeValueAsString(tree);
    }
}
