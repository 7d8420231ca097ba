package dev.afterword.web.inbox;

import dev.afterword.db.inbox.CasePhoto;
import dev.afterword.db.inbox.CustomerCase;
import dev.afterword.db.message.attachment.Attachment;
import dev.afterword.web.CustomerPage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * A case as its customer's page shows it.
 *
 * @param path of the page
 * @param anew where something else is said
 * @param standing which sentence says how far it is
 * @param by what that sentence promises; null where it promises no time
 * @param said whether they have just said something
 * @param waiting how many photos of an earlier try are kept
 */
record OwnCaseView(
        CustomerCase story,
        String path,
        String anew,
        String form,
        SpeakForm typed,
        String standing,
        @Nullable String by,
        boolean said,
        int waiting,
        List<Part> parts) {

    /** Something that was said or happened, and by whom. */
    record Part(
            String what,
            String who,
            String words,
            List<CasePhoto> photos,
            List<Attachment> files,
            Instant at,
            @Nullable String when) {}

    static OwnCaseView of(
            CustomerCase story,
            String path,
            String form,
            SpeakForm typed,
            boolean said,
            int waiting,
            Instant now,
            CustomerPage page,
            MessageSource messages) {
        var standing = standing(story, now);
        return new OwnCaseView(
                story,
                path,
                "/f/" + story.workspace().code(),
                form,
                typed,
                standing,
                standing.equals("open.by")
                        ? SaidTimes.day(story.answerBy(), story.workspace().zone(), page.locale())
                        : null,
                said,
                waiting,
                story.parts().stream()
                        .map(part -> part(part, story, page.locale(), messages))
                        .toList());
    }

    private static Part part(CustomerCase.Part part, CustomerCase story, Locale locale, MessageSource messages) {
        var shop = story.workspace().name();
        var who = switch (part.what()) {
            case "said" -> messages.getMessage("feedback.case.you", null, locale);
            case "reply" ->
                part.who() == null
                        ? shop
                        : messages.getMessage("feedback.case.us", new Object[] {part.who(), shop}, locale);
            case "closed" -> messages.getMessage("feedback.case.part.closed", null, locale);
            default -> messages.getMessage("feedback.case.part.opened", null, locale);
        };
        return new Part(
                part.what(),
                who,
                part.words(),
                part.photos(),
                part.files(),
                part.at(),
                SaidTimes.day(part.at(), story.workspace().zone(), locale));
    }

    static String standing(CustomerCase story, Instant now) {
        var by = story.answerBy();
        return switch (story.status()) {
            case OPEN -> {
                if (!story.answered()) {
                    yield "open.nobody";
                }
                yield by == null ? "open" : by.isAfter(now) ? "open.by" : "open.late";
            }
            case WAITING -> story.mailed() ? "waiting" : "waiting.mail";
            case CLOSED, SPAM -> story.goesOn() ? "closed" : "closed.long";
            case MERGED -> "elsewhere";
        };
    }

    public String kind() {
        return story.kind().code();
    }

    public boolean mailed() {
        return story.mailed();
    }

    public boolean answered() {
        return story.answered();
    }

    public boolean elsewhere() {
        return story.elsewhere();
    }

    public String value(String field) {
        return typed.value(field);
    }

    public boolean has(String field) {
        return typed.wrong().containsKey(field);
    }

    public Map<String, SpeakForm.Wrong> wrong() {
        return typed.wrong();
    }

    public List<SpeakForm.Wrong> photos() {
        return typed.photos();
    }
}
