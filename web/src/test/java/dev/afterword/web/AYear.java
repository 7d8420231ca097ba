package dev.afterword.web;

import dev.afterword.db.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A believable year of one shop, the same at every run: seasons, a week of late parcels, people who come back. */
final class AYear {
    private static final List<String> ITEMS =
            List.of("Kettle", "Linen towel", "Glass carafe", "Garden shears", "Bread knife", "Wool blanket");
    private static final List<String> CATEGORIES =
            List.of("Kitchen", "Textiles", "Glassware", "Garden", "Kitchen", "Textiles");
    private static final List<String> NAMES = List.of(
            "Ana Souza",
            "Bo Lund",
            "Carla Mendes",
            "Dina Haddad",
            "Emil Novak",
            "Fátima Reis",
            "Gero Wolf",
            "Hana Sato");
    private static final List<String> GOOD = List.of(
            "Came two days early and beautifully wrapped. My mother asked where I found it.",
            "Exactly as pictured.",
            "Third order, never a problem. The blanket is even softer than the last one.",
            "<b>Lovely</b> little card inside, thank you!",
            "Schnell, gut verpackt, gerne wieder.");
    private static final List<String> BAD = List.of(
            "The parcel was a week late and nobody told me why. I had to buy another present on the way.",
            "Carafe arrived with a crack along the neck. The box had no padding at all.",
            "Lid does not fit.",
            "وصل الطلب متأخرًا ولم يخبرني أحد.");

    private AYear() {}

    /** Fills the workspace with so many orders, the last of them days before now; more than half are answered. */
    static void fill(Rows rows, int orders, Instant now) {
        var contacts = new java.util.ArrayList<java.util.UUID>();
        try (var several = Executors.newFixedThreadPool(6)) {
            fill(rows, orders, now, contacts, several);
        }
    }

    private static void fill(
            Rows rows, int orders, Instant now, List<java.util.UUID> contacts, ExecutorService several) {
        var chance = new Random(7);
        for (int at = 0; at < orders; at++) {
            var back = 365.0 * (orders - at) / orders + 4;
            var placed = now.minus(Duration.ofMinutes((long) (back * 1440)));
            boolean strike = back > 150 && back < 165;
            boolean late = chance.nextInt(100) < (strike ? 75 : 9);
            int thing = chance.nextInt(ITEMS.size());
            boolean again = contacts.size() > 10 && chance.nextInt(100) < 30;
            if (!again) {
                var name = NAMES.get(chance.nextInt(NAMES.size()));
                contacts.add(rows.contact(
                        name,
                        name.split(" ")[0].toLowerCase() + at + "@example.com",
                        chance.nextInt(3) == 0 ? "supporter" : "customer",
                        "c" + at,
                        placed));
            }
            var contact = again ? contacts.get(chance.nextInt(contacts.size())) : contacts.getLast();
            int number = at;
            int seed = chance.nextInt();
            several.execute(() -> order(rows, new Random(seed), contact, number, placed, late, thing, now));
        }
    }

    private static void order(
            Rows rows,
            Random chance,
            java.util.UUID contact,
            int number,
            Instant placed,
            boolean late,
            int thing,
            Instant now) {
        var order = rows.order(
                contact, "CS-" + (10_000 + number), placed, late ? 9 : 3, ITEMS.get(thing), CATEGORIES.get(thing));
        var asked = placed.plus(Duration.ofDays(late ? 12 : 6));
        if (asked.isAfter(now)) {
            rows.send(contact, order, "ask", "planned", null, asked);
            return;
        }
        if (chance.nextInt(100) < 12) {
            rows.send(contact, order, "ask", "skipped", chance.nextBoolean() ? "quarantine" : "no-consent", asked);
            return;
        }
        rows.send(contact, order, "ask", "accepted", null, asked);
        boolean answers = chance.nextInt(100) < 60;
        rows.invitation(
                contact,
                order,
                asked,
                answers ? asked.plus(Duration.ofHours(5)) : null,
                Map.of("delivery", List.of(late ? "late" : "on-time")));
        if (answers) {
            answer(rows, chance, contact, order, thing, late, asked);
        }
    }

    private static void answer(
            Rows rows,
            Random chance,
            java.util.UUID contact,
            java.util.UUID order,
            int thing,
            boolean late,
            Instant asked) {
        double mood = 4.5 + chance.nextGaussian() * 0.7 - (late ? 2 : 0) - (thing == 2 ? 0.9 : 0);
        int satisfied = Math.clamp(Math.round(mood), 1, 5);
        var answers = new HashMap<String, Object>();
        answers.put("recommend", Math.clamp(Math.round(mood * 2 + chance.nextGaussian()), 0, 10));
        if (chance.nextInt(10) > 0) {
            answers.put("satisfaction", satisfied);
        }
        if (chance.nextInt(10) > 2) {
            answers.put("ease", Math.clamp(Math.round(mood + 1.6 + chance.nextGaussian() * 0.6), 1, 7));
        }
        if (chance.nextInt(10) > 5) {
            var texts = satisfied < 4 ? BAD : GOOD;
            answers.put("comment", texts.get(chance.nextInt(texts.size())));
        }
        rows.response(
                contact,
                order,
                asked.plus(Duration.ofHours(chance.nextInt(5))),
                answers,
                Map.of(
                        "delivery", List.of(late ? "late" : "on-time"),
                        "category", List.of(CATEGORIES.get(thing)),
                        "country", List.of("BR"),
                        "channel", List.of("web"),
                        "stage", List.of("customer")));
    }
}
