package dev.afterword.web.demo;

import dev.afterword.db.contact.ContactData;
import dev.afterword.db.contact.ContactData.ConsentGiven;
import dev.afterword.db.contact.ContactData.Dating;
import dev.afterword.db.workspace.Purpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The customers of the demo's shop. All their addresses are of domains that belong to nobody (RFC 2606). */
final class PastPeople {
    private static final List<String> DOMAINS = List.of("example.com", "example.org", "example.net");
    /** English, German, Portuguese and Arabic speakers of every twenty. */
    private static final List<Integer> SHARES = List.of(7, 6, 5, 2);

    private final List<Tongue> tongues;

    PastPeople() {
        var sheet = Sheet.read("people.tsv");
        tongues = sheet.rows().stream()
                .map(row -> new Tongue(
                        sheet.value(row, "language"),
                        List.of(sheet.value(row, "countries").split(",")),
                        List.of(sheet.value(row, "first").split(",")),
                        List.of(sheet.value(row, "last").split(","))))
                .toList();
    }

    private record Tongue(String language, List<String> countries, List<String> first, List<String> last) {}

    /**
     * One customer.
     *
     * @param mood how easily pleased, around 0
     * @param consent what they said at the checkout about being asked; null: nothing
     */
    record Person(
            int number,
            String name,
            @Nullable String email,
            String language,
            String country,
            double mood,
            @Nullable Boolean consent) {
        /** The customer as the shop's program sends them with an order. */
        ContactData data(Instant firstOrder) {
            var consents = consent == null
                    ? List.<ConsentGiven>of()
                    : List.of(new ConsentGiven(Purpose.QUESTIONS, consent, firstOrder, Dating.NAMED, "checkout"));
            return new ContactData(
                    "C-" + (10_000 + number),
                    email,
                    name,
                    language + "-" + country,
                    null,
                    country,
                    Map.of(),
                    consents,
                    null);
        }
    }

    List<Person> people(int count) {
        var people = new ArrayList<Person>(count);
        for (int number = 0; number < count; number++) {
            people.add(person(number));
        }
        return people;
    }

    private Person person(int number) {
        var chance = Chance.of("person " + number);
        var tongue = tongue(chance.upTo(20));
        var name = chance.of(tongue.first()) + " " + chance.of(tongue.last());
        var email = chance.happens(0.02) ? null : "customer." + (10_000 + number) + "@" + chance.of(DOMAINS);
        var consent = chance.happens(0.25) ? Boolean.valueOf(!chance.happens(0.12)) : null;
        return new Person(
                number, name, email, tongue.language(), chance.of(tongue.countries()), chance.normal(0, 0.7), consent);
    }

    private Tongue tongue(int share) {
        int at = 0;
        for (int left = share; left >= SHARES.get(at); at++) {
            left -= SHARES.get(at);
        }
        return tongues.get(at);
    }
}
