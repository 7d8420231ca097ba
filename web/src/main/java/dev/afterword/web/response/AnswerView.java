package dev.afterword.web.response;

import dev.afterword.db.response.AnswerSheet;
import dev.afterword.db.survey.Piped;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyPage;
import dev.afterword.db.survey.Walk;
import dev.afterword.web.AnswerFields;
import dev.afterword.web.CustomerPage;
import dev.afterword.web.Form;
import dev.afterword.web.QuestionView;
import dev.afterword.web.QuestionViews;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer page, resolved: nothing is left to the template but to show it.
 *
 * @param spoken the language of the survey's texts
 * @param asker the person or team who asks; the shop itself where none is known
 * @param opening whether it begins here: who asks, about what, and why
 * @param welcome the shop's own words for that; empty for ours
 * @param questions how many there are in all, as far as is known
 * @param minutes how long they take
 * @param closes the last day, in the customer's language
 * @param known whether it is about a purchase, or somebody who is known
 * @param once whether what was sent cannot be changed
 * @param anonymous whether nobody can tell who sent it
 * @param hidden fields that are not seen: answers that are not kept yet, and what begins
 * @param promised what is promised for answering, in words; null for nothing, or where the answer was sent
 * @param problem the code of what is to be said of the whole, null for nothing
 */
record AnswerView(
        CustomerPage page,
        String spoken,
        String title,
        @Nullable String firstName,
        String asker,
        @Nullable Thing thing,
        boolean opening,
        String welcome,
        int questions,
        int minutes,
        List<Section> sections,
        Buttons buttons,
        List<Language> languages,
        String closes,
        boolean answered,
        boolean byMail,
        boolean known,
        boolean once,
        boolean anonymous,
        List<Hidden> hidden,
        @Nullable String promised,
        @Nullable String problem) {
    private static final int SECONDS_A_QUESTION = 9;

    /** What was bought. */
    record Thing(
            @Nullable String product,
            @Nullable String imageUrl,
            long more,
            String orderId,
            @Nullable String arrived) {}

    /** Questions that belong together, under their heading where there is one. */
    record Section(String title, List<QuestionView> questions) {}

    /**
     * Where the form leads.
     *
     * @param action where it is sent
     * @param draft where a script keeps what is answered so far; null once something was sent
     * @param live where a script asks for what is shown now; null where no question depends on another
     * @param canary a link that no person sees; null where requests are not kept
     * @param shown the names of the steps on the screen
     * @param step the number of the screen's step; 0 where it is not shown how far one has come
     * @param steps how many there are, as far as is known
     * @param back whether there is something before it
     * @param last whether nothing comes after it
     */
    record Buttons(
            String action,
            @Nullable String draft,
            @Nullable String live,
            @Nullable String canary,
            String shown,
            int step,
            int steps,
            boolean back,
            boolean last) {}

    /** A field that is not seen. */
    record Hidden(String name, String value) {}

    /** A language that the page can be read in, by its own name. */
    record Language(String tag, String name, boolean current) {}

    /**
     * The screen that opens at a step.
     *
     * @param fields what stands in the fields
     * @param problems by the text form of slots; under the empty one what is said of the whole
     */
    static AnswerView of(Visit visit, Way way, int at, AnswerFields fields, Map<String, Form.Wrong> problems) {
        var sheet = visit.sheet();
        var page = visit.page();
        var texts = visit.texts(way);
        var steps = way.screen(at);
        var sender = sheet.workspace().senderName();
        var definition = way.definition();
        var asked = (int) way.walk().steps().stream()
                .filter(step -> !(step.question() instanceof Question.Statement))
                .count();
        var whole = problems.get("");
        return new AnswerView(
                page,
                visit.read(),
                texts.text(definition.title()),
                firstName(sheet.contactName()),
                sender == null || sender.isBlank() ? sheet.workspace().name() : sender,
                thing(sheet, page),
                !way.oneByOne() || at <= 0,
                texts.text(definition.welcome()),
                asked,
                asked * SECONDS_A_QUESTION / 60 + 1,
                sections(
                        steps,
                        texts,
                        new QuestionViews(
                                texts,
                                fields,
                                new QuestionView.Problems(problems),
                                abouts(sheet),
                                sheet.invitation().key().id(),
                                opens(way, steps, at, problems))),
                buttons(visit, way, steps, at),
                languages(definition.languages(), visit.read()),
                day(sheet.closesAt(), sheet, page),
                sheet.answered() && sheet.response() != null && sheet.response().complete(),
                sheet.invitation().acceptedAt() != null,
                sheet.purchase() != null || sheet.link() == null,
                sheet.atOnce(),
                sheet.settings().anonymous(),
                hidden(visit, way, steps),
                promised(visit),
                whole == null ? null : whole.code());
    }

    private static @Nullable String promised(Visit visit) {
        var promise = visit.sheet().promise();
        return promise == null || visit.sheet().answered()
                ? null
                : promise.offer()
                        .said(visit.language(), visit.sheet().workspace().language());
    }

    private static List<Section> sections(List<Walk.Step> steps, Piped texts, QuestionViews views) {
        var sections = new ArrayList<Section>();
        SurveyPage page = null;
        var item = "";
        var questions = new ArrayList<QuestionView>();
        var title = "";
        for (var step : steps) {
            if (page != null
                    && (!page.key().equals(step.page().key()) || (page.perOrderLine() && !item.equals(step.item())))) {
                sections.add(new Section(title, List.copyOf(questions)));
                questions.clear();
            }
            if (questions.isEmpty()) {
                title = texts.text(step.page().title(), step.item());
            }
            page = step.page();
            item = step.item();
            questions.add(views.of(step));
        }
        sections.add(new Section(title, List.copyOf(questions)));
        return sections;
    }

    /** The first step with a mistake, else the first that has just come to be shown. */
    private static String opens(Way way, List<Walk.Step> steps, int at, Map<String, Form.Wrong> problems) {
        for (var step : steps) {
            var name = QuestionViews.name(step);
            if (step.slots().stream().anyMatch(slot -> problems.containsKey(slot.toString()))
                    || problems.containsKey(name)) {
                return name;
            }
        }
        return !way.oneByOne() && at > 0 ? way.name(at) : "";
    }

    private static List<Hidden> hidden(Visit visit, Way way, List<Walk.Step> steps) {
        var hidden = new ArrayList<Hidden>();
        if (visit.beginning() != null) {
            hidden.add(new Hidden(LinkPages.BEGINNING, visit.beginning()));
        }
        if (visit.sheet().atOnce()) {
            var elsewhere = AnswerFields.of(way.answers());
            steps.forEach(step -> elsewhere.without(QuestionViews.name(step)));
            elsewhere.all().forEach((name, values) -> values.forEach(value -> hidden.add(new Hidden(name, value))));
        }
        return hidden;
    }

    private static Buttons buttons(Visit visit, Way way, List<Walk.Step> steps, int at) {
        var many = way.walk().steps().size();
        var sheet = visit.sheet();
        return new Buttons(
                visit.address(way.oneByOne() ? way.name(at) : ""),
                sheet.answered() || sheet.atOnce() || visit.beginning() != null ? null : visit.draft("draft"),
                way.oneByOne() || !way.branches() ? null : visit.draft("live"),
                visit.canary(),
                String.join(" ", steps.stream().map(QuestionViews::name).toList()),
                way.oneByOne() && way.definition().progress() && many > 1 ? at + 1 : 0,
                many,
                way.oneByOne() && at > 0,
                !way.oneByOne() || at >= many - 1);
    }

    private static List<Language> languages(List<String> tags, String current) {
        if (tags.size() < 2) {
            return List.of();
        }
        return tags.stream()
                .map(tag -> {
                    var locale = Locale.forLanguageTag(tag);
                    var name = locale.getDisplayName(locale);
                    return new Language(
                            tag,
                            name.substring(0, name.offsetByCodePoints(0, 1)).toUpperCase(locale)
                                    + name.substring(name.offsetByCodePoints(0, 1)),
                            tag.equals(current));
                })
                .toList();
    }

    private static Map<String, QuestionView.About> abouts(AnswerSheet sheet) {
        var abouts = new HashMap<String, QuestionView.About>();
        for (var line : sheet.facts().lines()) {
            var name = line.name();
            if (name != null) {
                abouts.put(
                        line.item(),
                        new QuestionView.About(name, picture(sheet.pictures().get(line.item()))));
            }
        }
        return abouts;
    }

    static @Nullable String firstName(@Nullable String name) {
        return name == null || name.isBlank() ? null : name.strip().split("\\s+", 2)[0];
    }

    private static @Nullable String picture(@Nullable String address) {
        return address != null && address.startsWith("https://") ? address : null;
    }

    private static @Nullable Thing thing(AnswerSheet sheet, CustomerPage page) {
        var purchase = sheet.purchase();
        if (purchase == null) {
            return null;
        }
        var delivered = purchase.deliveredAt();
        return new Thing(
                purchase.product(),
                picture(purchase.imageUrl()),
                Math.max(0, purchase.products() - 1),
                purchase.orderId(),
                delivered == null ? null : day(delivered, sheet, page));
    }

    static String day(Instant instant, AnswerSheet sheet, CustomerPage page) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(page.locale())
                .withZone(sheet.workspace().zone())
                .format(instant);
    }
}
