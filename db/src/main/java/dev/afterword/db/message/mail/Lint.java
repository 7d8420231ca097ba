package dev.afterword.db.message.mail;

import static dev.afterword.db.message.mail.MailFinding.advice;
import static dev.afterword.db.message.mail.MailFinding.stops;

import dev.afterword.db.Placeholders;
import dev.afterword.db.message.mail.MailContent.Chosen;
import dev.afterword.db.message.mail.MailContent.Variant;
import dev.afterword.db.workspace.Colour;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that an author should know of a mail before it goes out: what stops it, and what would make it read less or trusted less. */
public final class Lint {
    /** Gmail cuts what is longer than about 102 kB. */
    static final int MOST_BYTES = 100_000;

    private static final int LONG_SUBJECT = 60;
    private static final int FEW_LETTERS = 8;
    private static final Pattern FAKE_REPLY = Pattern.compile(
            "^\\s*(re|fw|fwd|aw|wg|res|enc|رد)\\s*:.*", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    /**
     * Phrases of unwanted mail, our own short choice among what guides to mail's delivery keep warning of (pressure, prizes, promised money); filters weigh far
     * more than words, so this is advice.
     */
    private static final List<String> SPAM_LIKE = List.of(
            "act now",
            "100% free",
            "risk free",
            "risk-free",
            "no obligation",
            "money back guarantee",
            "you have won",
            "you are a winner",
            "claim your prize",
            "make money",
            "click here",
            "urgent",
            "last chance",
            "jetzt handeln",
            "100 % gratis",
            "sie haben gewonnen",
            "klicken sie hier",
            "letzte chance",
            "clique aqui",
            "ganhe dinheiro",
            "última chance",
            "você ganhou",
            "اضغط هنا",
            "لقد ربحت",
            "الفرصة الأخيرة");

    private final MailScope scope;
    private final List<MailFinding> found;

    private Lint(MailScope scope, List<MailFinding> found) {
        this.scope = scope;
        this.found = new ArrayList<>(found);
    }

    /** The findings of {@link MailContentCheck}, then advice. */
    public static List<MailFinding> of(MailContent content, MailScope scope) {
        var lint = new Lint(scope, MailContentCheck.check(content, scope));
        lint.colour();
        content.variants().forEach(lint::variant);
        return List.copyOf(lint.found);
    }

    /** Buttons take black or white ink, and links a shade that can be read; what is left is that the shop may want to know. */
    private void colour() {
        if (scope.colour().contrast(Colour.WHITE) < Colour.TEXT) {
            found.add(advice(
                    "mail.colour-faint",
                    "",
                    scope.colour().hex(),
                    scope.colour().readableOn(Colour.WHITE).hex()));
        }
    }

    private void variant(String language, Variant variant) {
        subject(variant.subject(), language + ".subject");
        for (int at = 0; at < variant.blocks().size(); at++) {
            if (variant.blocks().get(at) instanceof Block.Picture picture
                    && picture.alternative().isBlank()) {
                found.add(advice("mail.alternative-missing", language + ".blocks[" + at + "].alternative"));
            }
        }
        var kinds = variant.blocks().stream()
                .filter(block -> !(block instanceof Block.Footer || block instanceof Block.Divider))
                .toList();
        if (!kinds.isEmpty() && kinds.stream().allMatch(Block.Picture.class::isInstance)) {
            found.add(advice("mail.picture-only", language + ".blocks"));
        } else if (!kinds.isEmpty() && !variant.has(Block.Text.class) && !variant.has(Block.ScoreQuestion.class)) {
            found.add(advice("mail.text-missing", language + ".blocks"));
        }
        spamLike(language, variant);
        var bytes = MailTemplate.compile(
                        new Chosen(language, variant), scope.colour().hex())
                .bytes();
        if (bytes > MOST_BYTES) {
            found.add(stops("mail.too-large", language + ".blocks", bytes / 1000, MOST_BYTES / 1000));
        }
    }

    private void subject(String subject, String path) {
        var words = Placeholders.replace(subject, place -> place.or(null));
        if (words.codePointCount(0, words.length()) > LONG_SUBJECT) {
            found.add(advice("mail.subject-long", path, words.codePointCount(0, words.length()), LONG_SUBJECT));
        }
        var letters = words.codePoints().filter(Character::isLetter).count();
        var capitals = words.codePoints().filter(Character::isUpperCase).count();
        var small = words.codePoints().filter(Character::isLowerCase).count();
        if (letters >= FEW_LETTERS && capitals > 0 && small == 0) {
            found.add(advice("mail.subject-capitals", path));
        }
        if (words.chars().filter(c -> c == '!' || c == '！').count() > 1) {
            found.add(advice("mail.subject-exclamation", path));
        }
        if (FAKE_REPLY.matcher(words).matches()) {
            found.add(advice("mail.subject-fake-reply", path));
        }
    }

    private void spamLike(String language, Variant variant) {
        var all = Stream.concat(
                        Stream.of(variant.subject()), variant.blocks().stream().map(block -> switch (block) {
                            case Block.Text text -> text.markdown();
                            case Block.Button button -> button.label();
                            case Block.Reward reward -> reward.label();
                            case Block.Picture picture -> picture.alternative();
                            case Block.OrderProduct _, Block.ScoreQuestion _, Block.Divider _, Block.Footer _ -> "";
                        }))
                .collect(Collectors.joining("\n"))
                .toLowerCase(Locale.ROOT);
        SPAM_LIKE.stream()
                .filter(phrase -> Pattern.compile("(?U)(?<!\\w)" + Pattern.quote(phrase) + "(?!\\w)")
                        .matcher(all)
                        .find())
                .forEach(phrase -> found.add(advice("mail.spam-like", language, phrase)));
    }
}
