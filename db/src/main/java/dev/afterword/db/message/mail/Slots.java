package dev.afterword.db.message.mail;

import dev.afterword.db.Placeholders;
import dev.afterword.db.Placeholders.Place;
import dev.afterword.db.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Stands for what each customer gets, while a mail goes through Markdown and MJML once for all: a character for private use for each place. */
final class Slots {
    private static final char FIRST = '\ue000';
    private static final char LAST = '\uf8ff';
    private static final Pattern PRIVATE = Pattern.compile("[\ue000-\uf8ff]");

    /** In which kind of text a slot stands, and so how its value is made harmless. */
    enum Where {
        /** Between tags. */
        HTML,
        /** In a link. */
        URL,
        /** In another attribute, or in the title: no tag may stand there. */
        ATTRIBUTE,
        /** Where nothing is markup. */
        TEXT
    }

    /** What fills a slot. */
    sealed interface Slot {
        record Field(Place place) implements Slot {}

        record Question() implements Slot {}

        record Lines() implements Slot {}

        /** What is promised for answering; nothing where nothing is. */
        record Promise() implements Slot {}
    }

    /** A piece of a template: words that are the same for all, then a slot; the last has none. */
    record Piece(String words, @Nullable Slot slot, Where where) {}

    private final List<Slot> slots = new ArrayList<>();

    /** The text with a character for each of its places. */
    String mark(String text) {
        return Placeholders.replace(PRIVATE.matcher(text).replaceAll(""), place -> mark(new Slot.Field(place)));
    }

    /** A character for the field of that name. */
    String field(String name) {
        return mark(new Slot.Field(new Place(name, null)));
    }

    String mark(Slot slot) {
        var at = slots.indexOf(slot);
        if (at < 0) {
            at = slots.size();
            slots.add(slot);
        }
        if (FIRST + at > LAST) {
            throw new Rejected("mail.too-many-places", null, LAST - FIRST);
        }
        return String.valueOf((char) (FIRST + at));
    }

    /** Cuts at the characters. */
    List<Piece> split(String text, boolean html) {
        var pieces = new ArrayList<Piece>();
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c >= FIRST && c < FIRST + slots.size()) {
                pieces.add(
                        new Piece(text.substring(from, at), slots.get(c - FIRST), html ? where(text, at) : Where.TEXT));
                from = at + 1;
            }
        }
        pieces.add(new Piece(text.substring(from), null, Where.TEXT));
        return pieces;
    }

    private static Where where(String html, int at) {
        var tag = html.lastIndexOf('<', at);
        if (tag < html.lastIndexOf('>', at)) {
            return html.startsWith("<title", tag) ? Where.ATTRIBUTE : Where.HTML;
        }
        var inside = html.substring(tag, at);
        var attribute = inside.substring(0, Math.max(0, inside.lastIndexOf("=\"")));
        return attribute.endsWith(" href") || attribute.endsWith(" src") ? Where.URL : Where.ATTRIBUTE;
    }
}
