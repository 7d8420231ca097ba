package dev.afterword.web.inbox;

import dev.afterword.db.inbox.CasePolicy;
import dev.afterword.db.inbox.FeedbackPage;
import dev.afterword.web.CustomerPage;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * The feedback page.
 *
 * @param form what its form sends back
 * @param work how many zero bits the browser had better look for; 0 for none
 * @param by when who writes now hears of the shop; null where nothing is promised
 * @param orderNumber of the order whose own link it is; null on the page that is everybody's
 * @param products of that order
 * @param known whether it is known where the answer goes
 * @param waiting how many photos of an earlier try are kept
 * @param dialled the number as a link dials it
 */
record FeedbackView(
        String action,
        String form,
        int work,
        SpeakForm typed,
        List<SpokenIn.Tongue> languages,
        @Nullable String by,
        @Nullable String orderNumber,
        List<String> products,
        boolean known,
        int waiting,
        @Nullable String phone,
        @Nullable String dialled,
        @Nullable String note,
        List<HoursLine> hours,
        String zone) {

    static FeedbackView of(
            FeedbackPlace place,
            String form,
            boolean work,
            SpeakForm typed,
            int waiting,
            CustomerPage page,
            CasePolicy policy,
            @Nullable Instant by,
            MessageSource messages) {
        var locale = page.locale();
        var zone = place.workspace().zone();
        FeedbackPage said = place.page();
        var order = place.order();
        return new FeedbackView(
                place.path(),
                form,
                work ? FeedbackWork.BITS : 0,
                typed,
                SpokenIn.tongues(locale),
                SaidTimes.day(by, zone, locale),
                order == null ? null : order.externalId(),
                order == null
                        ? List.of()
                        : order.lines().stream()
                                .map(line -> line.name() == null ? line.sku() : line.name())
                                .filter(name -> name != null && !name.isBlank())
                                .distinct()
                                .toList(),
                place.known(),
                waiting,
                said.phone(),
                said.dialled(),
                said.hours(),
                HoursLine.of(policy, locale, messages),
                zone(zone, locale));
    }

    private static String zone(ZoneId zone, Locale locale) {
        return zone.getDisplayName(TextStyle.FULL, locale);
    }

    /** Of the work that is asked. */
    public int iterations() {
        return FeedbackWork.ITERATIONS;
    }

    public String value(String field) {
        return typed.value(field);
    }

    public boolean has(String field) {
        return typed.wrong().containsKey(field);
    }

    /** Whether it is the first wrong one, which takes the focus. */
    public boolean first(String field) {
        return !typed.wrong().isEmpty()
                && field.equals(typed.wrong().keySet().iterator().next());
    }

    public Map<String, SpeakForm.Wrong> wrong() {
        return typed.wrong();
    }

    public List<SpeakForm.Wrong> photos() {
        return typed.photos();
    }
}
