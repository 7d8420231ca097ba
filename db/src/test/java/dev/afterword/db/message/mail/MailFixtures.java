package dev.afterword.db.message.mail;

import dev.afterword.db.Key;
import dev.afterword.db.Money;
import dev.afterword.db.message.ComposeMail;
import dev.afterword.db.message.Letter.FirstQuestion;
import dev.afterword.db.message.Mail;
import dev.afterword.db.workspace.Colour;
import dev.afterword.db.workspace.Workspace;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A shop, a customer and mails for tests of what mails say. */
final class MailFixtures {
    static final MailScope SCOPE =
            new MailScope(List.of("en"), new Colour(0x0b, 0x64, 0x75), true, true, true, Set.of("recommend"));

    private MailFixtures() {}

    static Workspace shop(String name, @Nullable String address) {
        var shop = Workspace.open(Key.nextId(), "Cedar & Salt", ZoneId.of("Europe/Berlin"), "en", Instant.EPOCH);
        return shop.presented(name, shop.colour(), shop.zone(), "en").from("Mira", "care@cedar.example", null, address);
    }

    static MailFacts facts(String language, String name) {
        return facts(language, name, "10482", "Kettle, 1.2 l");
    }

    static MailFacts facts(String language, String name, String order, String product) {
        return new MailFacts(
                shop("Cedar & Salt", "Cedar & Salt\nLindenweg 4\n10245 Berlin"),
                language,
                name,
                Map.of("state", "MG"),
                order,
                new Money(new BigDecimal("59.90"), "EUR"),
                List.of(
                        new MailFacts.Line(product, "https://shop.example/kettle.png"),
                        new MailFacts.Line("Cups", "http://shop.example/cups.png")),
                Map.of("recommend", "9", "words", "The lid\n\nrattles"),
                "THANKS-7K2",
                new FirstQuestion("recommend", "How likely are you to recommend us?", "not at all", "very", 0, 10),
                "https://feedback.example/r/abc",
                "https://feedback.example/u/abc");
    }

    static MailContent content(String language, String subject, Block... blocks) {
        return new MailContent(Map.of(language, new MailContent.Variant(subject, null, List.of(blocks))));
    }

    static Mail mail(String language, Block... blocks) {
        return ComposeMail.compose(content(language, "News", blocks), facts(language, "Ana Souza"));
    }
}
