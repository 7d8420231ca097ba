package dev.afterword.db.message.mail;

import java.text.NumberFormat;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that a mail's texts may mention, and what they stand for. */
final class MailField {
    static final String ATTRIBUTE = "contact.attribute.";
    static final String ANSWER = "answer.";
    static final String ANSWER_LINK = "link.answer";
    static final String UNSUBSCRIBE_LINK = "link.unsubscribe";
    static final String REWARD_CODE = "reward.code";
    private static final String CHANGE_WORDS = "change.words";
    private static final String TOPIC_NAME = "topic.name";
    private static final String REWARD_EXPIRES = "reward.expires";
    private static final String REWARD_OFFER = "reward.offer";
    static final String REASON = "mail.reason";
    static final String SENDER = "mail.sender";

    private static final String ADDRESS = "shop.address";

    /** What somebody wrote to us. */
    private static final String WORDS = "answer.words";

    private static final Set<String> ALWAYS = Set.of("shop.name", ADDRESS, "greeting", UNSUBSCRIBE_LINK);
    private static final Set<String> SOMETIMES =
            Set.of("contact.name", "contact.firstName", "order.total", "order.product", "line.name");

    private MailField() {}

    /** Whether anything is called so where the mail stands. */
    static boolean known(String name, MailScope scope) {
        return alwaysThere(name, scope)
                || SOMETIMES.contains(name)
                || name.equals("order.number")
                || (name.equals(REWARD_EXPIRES) && scope.reward())
                || (name.startsWith(ATTRIBUTE) && name.length() > ATTRIBUTE.length())
                || (name.startsWith(ANSWER) && scope.answers().contains(name.substring(ANSWER.length())));
    }

    /** Whether it needs nothing to stand there otherwise. */
    static boolean alwaysThere(String name, MailScope scope) {
        return ALWAYS.contains(name)
                || (name.equals("order.number") && scope.order())
                || ((name.equals(REWARD_CODE) || name.equals(REWARD_OFFER)) && scope.reward())
                || (name.equals(ANSWER_LINK) && scope.question())
                || ((name.equals(CHANGE_WORDS) || name.equals(TOPIC_NAME)) && scope.change());
    }

    /** Whether it stands in lines of its own. */
    static boolean hasLines(String name) {
        return name.equals(ADDRESS) || name.equals(SENDER) || name.equals(WORDS);
    }

    static boolean isLink(String name) {
        return name.equals(ANSWER_LINK) || name.equals(UNSUBSCRIBE_LINK);
    }

    /** What is known; null where nothing is. */
    static @Nullable String value(String name, MailFacts facts, MailTexts texts) {
        return switch (name) {
            case "contact.name" -> facts.name() == null ? null : facts.name().strip();
            case "contact.firstName" ->
                facts.name() == null ? null : facts.name().strip().split("\\s+", 2)[0];
            case "order.number" -> facts.orderNumber();
            case "order.total" -> total(facts, texts);
            case "order.product", "line.name" ->
                facts.lines().stream()
                        .map(MailFacts.Line::name)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
            case "shop.name" -> facts.workspace().name();
            case ADDRESS -> address(facts);
            case SENDER -> sender(facts);
            case "greeting" -> greeting(facts, texts);
            case REASON -> reason(facts, texts);
            case REWARD_CODE -> facts.gift() == null ? null : facts.gift().code();
            case REWARD_OFFER -> facts.gift() == null ? null : facts.gift().offer();
            case REWARD_EXPIRES -> expires(facts, texts);
            case CHANGE_WORDS -> facts.change() == null ? null : facts.change().words();
            case TOPIC_NAME -> facts.change() == null ? null : facts.change().topic();
            case ANSWER_LINK -> facts.answerLink();
            case UNSUBSCRIBE_LINK -> facts.unsubscribeLink();
            default -> {
                if (name.startsWith(ATTRIBUTE)) {
                    yield facts.attributes().get(name.substring(ATTRIBUTE.length()));
                }
                yield name.startsWith(ANSWER) ? facts.answers().get(name.substring(ANSWER.length())) : null;
            }
        };
    }

    private static @Nullable String total(MailFacts facts, MailTexts texts) {
        var total = facts.orderTotal();
        if (total == null) {
            return null;
        }
        var format = NumberFormat.getCurrencyInstance(texts.locale());
        format.setCurrency(Currency.getInstance(total.currency()));
        return format.format(total.amount());
    }

    private static @Nullable String expires(MailFacts facts, MailTexts texts) {
        var gift = facts.gift();
        var day = gift == null ? null : gift.expires();
        return day == null
                ? null
                : DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                        .withLocale(texts.locale())
                        .format(day);
    }

    private static String address(MailFacts facts) {
        var address = facts.workspace().postalAddress();
        return address == null ? "" : address.strip().replace("\r\n", "\n");
    }

    /** The shop's name and its address, which may begin with the name. */
    private static String sender(MailFacts facts) {
        var name = facts.workspace().name();
        var address = address(facts);
        return address.startsWith(name) ? address : (name + "\n" + address).strip();
    }

    private static String greeting(MailFacts facts, MailTexts texts) {
        var name = facts.name();
        return name == null || name.isBlank()
                ? texts.say("mail.greeting.nameless")
                : texts.say("mail.greeting", name.strip());
    }

    private static String reason(MailFacts facts, MailTexts texts) {
        var shop = facts.workspace().name();
        var number = facts.orderNumber();
        return number == null ? texts.say("mail.why.customer", shop) : texts.say("mail.why", shop, number);
    }
}
