package dev.afterword.web.inbox;

import dev.afterword.db.Placeholders;
import dev.afterword.db.inbox.CaseEntry;
import dev.afterword.db.inbox.CasePhoto;
import dev.afterword.db.message.attachment.Attachment;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * An entry of a case as its page shows it.
 *
 * @param words as the customer reads them, what is not known of them left to what stands there otherwise
 * @param mentioned the names of who is to look at it
 */
record EntryLine(
        CaseEntry entry,
        String words,
        List<Changed> changes,
        List<String> mentioned,
        List<CasePhoto> photos,
        List<Attachment> files) {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);

    /**
     * What was changed.
     *
     * @param to a name or a time ready to print, or the code of a word
     */
    record Changed(String name, String to) {}

    /**
     * With the names of staff by id, and what is known of the customer by the names that mails use.
     */
    static EntryLine of(
            CaseEntry entry,
            Map<UUID, String> names,
            Map<String, String> known,
            List<CasePhoto> photos,
            List<Attachment> files,
            ZoneId zone) {
        return new EntryLine(
                entry,
                entry.kind() == CaseEntry.Kind.REPLY
                        ? Placeholders.replace(entry.words(), place -> place.or(known.get(place.name())))
                        : entry.words(),
                entry.change().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(change -> new Changed(
                                change.getKey(),
                                said(change.getKey(), change.getValue().to(), names, zone)))
                        .toList(),
                entry.mentions().stream()
                        .map(names::get)
                        .filter(Objects::nonNull)
                        .toList(),
                photos,
                files);
    }

    /** The pictures among the files, which were written anew. */
    public List<Attachment> pictures() {
        return files.stream().filter(Attachment::picture).toList();
    }

    public List<Attachment> others() {
        return files.stream().filter(file -> !file.picture()).toList();
    }

    private static String said(String name, String to, Map<UUID, String> names, ZoneId zone) {
        if (to.isEmpty()) {
            return to;
        }
        return switch (name) {
            case "owner" -> names.getOrDefault(UUID.fromString(to), "…");
            case "snoozedUntil", "promised", "promiseBroken" ->
                MOMENT.format(Instant.parse(to).atZone(zone));
            default -> to;
        };
    }
}
