package dev.afterword.worker.message.incoming;

import dev.afterword.db.PhotoImage;
import dev.afterword.db.Rejected;
import dev.afterword.db.message.attachment.Attached;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.MimePart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a message, read only when they are wanted, and never more of one than is kept: pictures are written anew, everything else stays as it came. What
 * is too large, too much or broken is named.
 */
final class AttachedParts {
    private static final int MOST_NAMED = 50;
    /** What pages carry as decoration, as the logo beneath a name. */
    private static final int DECORATION = 10_000;

    private final List<Found> found = new ArrayList<>();

    private record Found(MimePart part, String type) {}

    void add(MimePart part, String type) {
        if (found.size() < MOST_NAMED) {
            found.add(new Found(part, type));
        }
    }

    /** Blocks while it draws pictures. */
    List<Attached> read() {
        var files = new ArrayList<Attached>();
        long left = Attached.MOST_TOGETHER;
        int kept = 0;
        for (var one : found) {
            int room = kept == Attached.MOST ? 0 : (int) Math.min(Attached.MOST_BYTES, left);
            var file = read(one, room);
            if (file == null) {
                continue;
            }
            files.add(file);
            if (file.bytes() != null) {
                left -= file.size();
                kept++;
            }
        }
        return List.copyOf(files);
    }

    private static @Nullable Attached read(Found found, int room) {
        var name = name(found);
        long size = size(found.part);
        if (size > room) {
            return Attached.leftOut(name, found.type, size);
        }
        try (var in = found.part.getInputStream()) {
            var bytes = in.readNBytes(room + 1);
            if (bytes.length > room) {
                return Attached.leftOut(name, found.type, size);
            }
            return decoration(found, bytes.length) ? null : kept(name, found.type, bytes);
        } catch (IOException | MessagingException | RuntimeException e) {
            return Attached.leftOut(name, found.type, size);
        }
    }

    private static Attached kept(String name, String type, byte[] bytes) {
        if (!type.startsWith("image/")) {
            return Attached.file(name, type, bytes);
        }
        try {
            return Attached.picture(name, bytes.length, PhotoImage.read(bytes));
        } catch (Rejected e) {
            return Attached.file(name, type, bytes);
        }
    }

    private static boolean decoration(Found found, int size) throws MessagingException {
        return size < DECORATION
                && found.type.startsWith("image/")
                && found.part.getContentID() != null
                && !Part.ATTACHMENT.equalsIgnoreCase(found.part.getDisposition());
    }

    /** As nearly as its coding lets one know without reading it. */
    private static long size(MimePart part) {
        try {
            long coded = Math.max(0, part.getSize());
            return "base64".equalsIgnoreCase(part.getEncoding()) ? coded * 57 / 78 : coded;
        } catch (MessagingException e) {
            return 0;
        }
    }

    private static String name(Found found) {
        try {
            var name = found.part.getFileName();
            return name == null ? found.type.replace('/', '.') : Signs.decoded(name);
        } catch (MessagingException e) {
            return found.type.replace('/', '.');
        }
    }
}
