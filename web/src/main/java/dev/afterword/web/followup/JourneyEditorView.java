package dev.afterword.web.followup;

import dev.afterword.db.followup.FollowUp;
import dev.afterword.db.followup.MailScopes;
import dev.afterword.db.followup.PreviewMail;
import dev.afterword.db.followup.journey.FollowUpCheck;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.followup.journey.Trigger;
import dev.afterword.db.message.mail.Lint;
import dev.afterword.db.message.mail.MailFinding;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.workspace.Purpose;
import dev.afterword.web.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Everything that the editor of a follow-up shows.
 *
 * @param trigger what begins it, in words
 * @param step that is shown; null for the whole and for a way
 * @param facts what the conditions at this place can look at
 * @param exitFacts what the exit can look at
 * @param ruleWords the rules of this place in words, where the form cannot take them apart
 * @param destinations where the step may be moved to, by name, in words
 * @param asks the questions before a reminder, by key, in words
 * @param here what keeps this place from being published
 * @param mail the mail of the step; null where it has none of its own
 * @param customers as whom a mail can be read
 */
record JourneyEditorView(
        FollowUp followUp,
        String path,
        JourneyPlace place,
        String trigger,
        List<StepItem> steps,
        @Nullable Step step,
        Form form,
        Surroundings around,
        List<FactOption> facts,
        List<FactOption> exitFacts,
        Map<String, String> ruleWords,
        Map<String, String> destinations,
        Map<String, String> asks,
        List<FollowUpCheck.Finding> here,
        int problems,
        @Nullable MailView mail,
        List<PreviewMail.Example> customers) {

    /** A step in the outline. */
    record StepItem(String key, String type, String words, boolean current, int problems, List<WayItem> ways) {}

    /** A way that leads on from a step. */
    record WayItem(String key, String words, boolean current, List<StepItem> steps) {}

    /**
     * The mail of a step in one language.
     *
     * @param languages that it is written in
     * @param missing that it could be written in
     * @param kinds of blocks that fit here
     * @param findings of this language, by the block that they are about, or empty for its subject and the whole
     */
    record MailView(
            String language,
            List<String> languages,
            List<String> missing,
            List<String> kinds,
            Map<String, List<MailFinding>> findings) {
        /** What is to be said about the block of that line, as {@code b2}. */
        public List<MailFinding> at(String line) {
            return findings.getOrDefault(line, List.of());
        }
    }

    /** The view of a place that is there; of the whole where it is not. */
    static JourneyEditorView of(
            FollowUp followUp, Surroundings around, String path, JourneyPlace wanted, JourneyWords words) {
        var definition = followUp.shown();
        var tree = JourneyTree.of(definition);
        var place = isThere(definition, wanted) ? wanted : JourneyPlace.WHOLE;
        var problems = FollowUpCheck.of(
                definition,
                around.surveys().stream().map(SurveyVersion::surveyKey).collect(Collectors.toSet()));
        var step = place.isStep() ? definition.find(place.step()).orElseThrow() : null;
        var facts = FactOptions.of(definition, around, words, !place.isWhole());
        var exitFacts = FactOptions.of(definition, around, words, true);
        var mail = step instanceof Step.Written written ? mail(definition, written, around, place) : null;
        return new JourneyEditorView(
                followUp,
                path,
                place,
                words.trigger(definition.trigger()),
                steps(definition.steps(), place, problems, words),
                step,
                form(tree, place, facts, exitFacts, mail).put("title", followUp.name()),
                around,
                facts.all(),
                exitFacts.all(),
                ruleWords(definition, place, words),
                step == null ? Map.of() : destinations(tree, definition, step, words),
                asks(definition, words),
                problems.stream()
                        .filter(problem -> place.isWhole()
                                ? problem.step() == null
                                : place.step().equals(problem.step()))
                        .toList(),
                problems.size(),
                mail,
                around.customers());
    }

    private static boolean isThere(FollowUpDefinition definition, JourneyPlace place) {
        var step = definition.find(place.step());
        return place.isWay()
                ? step.stream()
                        .flatMap(one -> one.ways().stream())
                        .anyMatch(way -> way.key().equals(place.way()))
                : place.isStep() && step.isPresent();
    }

    private static List<StepItem> steps(
            List<Step> steps, JourneyPlace place, List<FollowUpCheck.Finding> problems, JourneyWords words) {
        return steps.stream()
                .map(step -> new StepItem(
                        step.key(),
                        step.type(),
                        words.step(step),
                        place.isOf(step.key()),
                        (int) problems.stream()
                                .filter(problem -> step.key().equals(problem.step()))
                                .count(),
                        step.ways().stream()
                                .map(way -> new WayItem(
                                        way.key(),
                                        words.way(way),
                                        place.equals(JourneyPlace.way(step.key(), way.key())),
                                        steps(way.steps(), place, problems, words)))
                                .toList()))
                .toList();
    }

    private static Form form(
            JourneyTree tree, JourneyPlace place, FactOptions facts, FactOptions exitFacts, @Nullable MailView mail) {
        var form = Form.blank();
        if (place.isWhole()) {
            StepForms.fill(form, tree.root());
            var trigger = tree.root().path("trigger");
            trigger.properties().forEach(member -> form.put("trigger-" + member.getKey(), text(member.getValue())));
            form.put("on", trigger.path("on").asString(""));
            tree.root()
                    .path("goal")
                    .properties()
                    .forEach(member -> form.put("goal-" + member.getKey(), text(member.getValue())));
            RuleForms.fill(form, "audience", tree.root(), facts);
            RuleForms.fill(form, "exit", tree.root(), exitFacts);
        } else if (place.isStep()) {
            var step = tree.step(place.step());
            StepForms.fill(form, step);
            if (mail != null) {
                MailForms.fill(form, step, mail.language());
            }
        } else {
            var way = tree.way(place);
            if (way != null) {
                StepForms.fill(form, way);
                RuleForms.fill(form, "when", way, facts);
            }
        }
        return form;
    }

    private static String text(JsonNode value) {
        return value.isBoolean() ? (value.asBoolean() ? "on" : "") : value.asString("");
    }

    private static Map<String, String> ruleWords(
            FollowUpDefinition definition, JourneyPlace place, JourneyWords words) {
        var said = new LinkedHashMap<String, String>();
        said.put("audience", words.rule(definition.audience()));
        said.put("exit", words.rule(definition.exit()));
        definition.find(place.step()).stream()
                .flatMap(step -> step.ways().stream())
                .filter(way -> way.key().equals(place.way()))
                .forEach(way -> said.put("when", words.way(way)));
        return said;
    }

    private static Map<String, String> destinations(
            JourneyTree tree, FollowUpDefinition definition, Step step, JourneyWords words) {
        var said = new LinkedHashMap<String, String>();
        for (var name : tree.waysFor(step.key())) {
            int slash = name.indexOf('/');
            said.put(
                    name,
                    slash < 0
                            ? ""
                            : definition.find(name.substring(0, slash)).stream()
                                    .flatMap(one -> one.ways().stream())
                                    .filter(way -> way.key().equals(name.substring(slash + 1)))
                                    .map(words::way)
                                    .findFirst()
                                    .orElse(name));
        }
        return said;
    }

    private static Map<String, String> asks(FollowUpDefinition definition, JourneyWords words) {
        var asks = new LinkedHashMap<String, String>();
        definition.allSteps().stream()
                .filter(Step.Ask.class::isInstance)
                .forEach(ask -> asks.put(ask.key(), words.step(ask)));
        return asks;
    }

    private static @Nullable MailView mail(
            FollowUpDefinition definition, Step.Written step, Surroundings around, JourneyPlace place) {
        var content = step.content();
        if (content == null) {
            return null;
        }
        var languages = List.copyOf(content.variants().keySet());
        var wanted = place.language().isEmpty() ? around.workspace().language() : place.language();
        var language = languages.contains(wanted) ? wanted : languages.getFirst();
        var scope = MailScopes.of(definition, step, around.workspace(), answers(definition, around));
        var findings = new LinkedHashMap<String, List<MailFinding>>();
        Lint.of(content, scope).stream()
                .filter(finding -> finding.path().isEmpty()
                        || finding.path().startsWith(language + ".")
                        || finding.path().equals(language))
                .forEach(finding -> findings.computeIfAbsent(line(finding.path()), any -> new ArrayList<>())
                        .add(finding));
        var missing = new TreeSet<>(Set.of("en", "de", "pt", "ar"));
        languages.forEach(missing::remove);
        return new MailView(
                language,
                languages,
                List.copyOf(missing),
                MailForms.kinds(step, scope.order(), scope.reward()),
                findings);
    }

    /** Of {@code en.blocks[2].link} b2. */
    private static String line(String path) {
        int from = path.indexOf("blocks[");
        return from < 0 ? "" : "b" + path.substring(from + "blocks[".length(), path.indexOf(']', from));
    }

    private static Set<String> answers(FollowUpDefinition definition, Surroundings around) {
        return definition.trigger() instanceof Trigger.ResponseGiven given
                ? around.surveys().stream()
                        .filter(version -> version.surveyKey().equals(given.survey()))
                        .flatMap(version -> version.definition().questions().stream())
                        .map(Question::key)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    public List<String> triggers() {
        return StepForms.triggers();
    }

    public List<String> triggerMembers() {
        return StepForms.triggerMembers(form.value("on"));
    }

    public List<String> purposes() {
        return Stream.of(Purpose.values()).map(Purpose::code).toList();
    }

    /** The kinds of steps that may be added here. */
    public List<String> kinds() {
        var kinds = new ArrayList<>(List.of("wait", "mail", "ask"));
        if (!asks.isEmpty()) {
            kinds.add("remind");
        }
        if (followUp.shown().trigger().perOrder()) {
            kinds.add("await-delivery");
        }
        kinds.addAll(List.of("branch", "split", "set-attribute"));
        if (!around.endpoints().isEmpty()) {
            kinds.add("call-endpoint");
        }
        if (!around.pools().isEmpty()) {
            kinds.add("give-reward");
        }
        kinds.add("open-case");
        kinds.add("end");
        return kinds;
    }

    public Map<String, String> surveys() {
        return around.surveyNames();
    }

    /** A fact that a line of a form is about; the first there is where it is about none. */
    public FactOption fact(String code) {
        return exitFacts.stream()
                .filter(option -> option.code().equals(code))
                .findFirst()
                .orElse(exitFacts.getFirst());
    }

    /** Whether the way that is shown has a condition, and not a weight or nothing. */
    public boolean isCase() {
        return place.isWay()
                && (!form.values("when").isEmpty() || !form.value("when-kept").isEmpty());
    }

    public boolean isArm() {
        return place.isWay() && !form.value("weight").isEmpty();
    }

    /** Whether the step that is shown writes to the customer. */
    public boolean writes() {
        return step instanceof Step.Written;
    }

    /** The lines of the form about which the mail's check may have something to say; the empty one for the whole. */
    public List<String> lines() {
        return Stream.concat(Stream.of(""), form.values("block").stream()).toList();
    }

    /** What a mail may mention here, with the name of its explanation. */
    public Map<String, String> places() {
        var places = new LinkedHashMap<String, String>();
        places.put("{{greeting}}", "greeting");
        places.put("{{contact.firstName|…}}", "contact.firstName");
        places.put("{{contact.attribute.NAME|…}}", "contact.attribute");
        places.put("{{shop.name}}", "shop.name");
        if (followUp.shown().trigger().perOrder()) {
            places.put("{{order.number}}", "order.number");
            places.put("{{order.product|…}}", "order.product");
        }
        if (!(step instanceof Step.Mail)) {
            places.put("{{link.answer}}", "link.answer");
        }
        if (followUp.shown().trigger() instanceof Trigger.ResponseGiven) {
            places.put("{{answer.QUESTION|…}}", "answer");
        }
        if (followUp.shown().trigger() instanceof Trigger.TopicChanged) {
            places.put("{{change.words}}", "change.words");
            places.put("{{topic.name}}", "topic.name");
        }
        return places;
    }

    /** A language by its own name. */
    public String named(String tag) {
        var locale = Locale.forLanguageTag(tag);
        return locale.getDisplayName(locale);
    }
}
