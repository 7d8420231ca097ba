package dev.afterword.web.response;

import dev.afterword.db.followup.FollowUps;
import dev.afterword.db.insight.Dimension;
import dev.afterword.db.insight.ProductNames;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What products and follow-ups are called that segments know by their SKU and their key. */
@Component
class SegmentNames {
    private final ProductNames productNames;
    private final FollowUps followUps;
    private final Clock clock;

    SegmentNames(ProductNames productNames, FollowUps followUps, Clock clock) {
        this.productNames = productNames;
        this.followUps = followUps;
        this.clock = clock;
    }

    /** By segment as {@code product=b1-204}; what has no name is missing. One statement for all products, and one for all follow-ups. */
    Mono<Map<String, String>> of(UUID workspaceId, Map<String, List<String>> segments) {
        return Mono.zip(
                        productNames.of(workspaceId, values(segments, Dimension.PRODUCT), clock.instant()),
                        followUps.called(workspaceId, values(segments, Dimension.FOLLOW_UP)),
                        (products, found) -> {
                            var names = new HashMap<String, String>();
                            products.forEach((sku, name) -> names.put(Dimension.PRODUCT.code() + "=" + sku, name));
                            found.forEach((key, name) -> names.put(Dimension.FOLLOW_UP.code() + "=" + key, name));
                            return names;
                        })
                .map(Map::copyOf);
    }

    private static List<String> values(Map<String, List<String>> segments, Dimension dimension) {
        return segments.getOrDefault(dimension.code(), List.of());
    }
}
