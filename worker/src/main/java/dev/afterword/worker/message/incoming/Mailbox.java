package dev.afterword.worker.message.incoming;

import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.eclipse.angus.mail.pop3.POP3Folder;
import org.jspecify.annotations.Nullable;

/** An open mailbox. Everything here blocks. */
final class Mailbox {
    /** A larger message is read from a file, piece by piece. */
    private static final int IN_MEMORY = 4_000_000;

    private final MailboxSettings settings;
    private final Store store;
    private final Folder folder;
    private final @Nullable Folder kept;

    private Mailbox(MailboxSettings settings, Store store, Folder folder, @Nullable Folder kept) {
        this.settings = settings;
        this.store = store;
        this.folder = folder;
        this.kept = kept;
    }

    /**
     * A message in the mailbox.
     *
     * @param name that the server gives it for as long as it is there; of a server that gives none (POP3 without UIDL) what its head adds up to, and null where
     *     that cannot be read either
     */
    record Waiting(@Nullable String name, Message message) {}

    /**
     * What a message holds: all of it in memory, or its head in memory and all of it in a file until it is closed, or its head alone where it is too large for
     * that too.
     */
    static final class Content implements AutoCloseable {
        private final byte[] bytes;
        private final @Nullable Path file;
        private final boolean whole;

        private Content(byte[] bytes, @Nullable Path file, boolean whole) {
            this.bytes = bytes;
            this.file = file;
            this.whole = whole;
        }

        /** What is kept of it. */
        byte[] bytes() {
            return bytes;
        }

        @Nullable
        Path file() {
            return file;
        }

        boolean whole() {
            return whole;
        }

        @Override
        public void close() {
            try {
                if (file != null) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static Mailbox open(MailboxSettings settings) throws MessagingException {
        var store = Session.getInstance(settings.properties()).getStore(settings.provider());
        store.connect(
                settings.host(), settings.port() == 0 ? -1 : settings.port(), settings.user(), settings.password());
        try {
            boolean imap = settings.protocol() == MailboxSettings.Protocol.IMAP;
            var folder = store.getFolder(imap ? settings.folder() : "INBOX");
            folder.open(Folder.READ_WRITE);
            return new Mailbox(settings, store, folder, imap ? kept(settings, store) : null);
        } catch (MessagingException e) {
            store.close();
            throw e;
        }
    }

    private static @Nullable Folder kept(MailboxSettings settings, Store store) throws MessagingException {
        var name = settings.moveTo();
        if (name == null || name.isBlank()) {
            return null;
        }
        var folder = store.getFolder(name);
        if (!folder.exists()) {
            folder.create(Folder.HOLDS_MESSAGES);
        }
        return folder;
    }

    /** The oldest messages, at most so many, without those of which nothing could be read. */
    List<Waiting> waiting(int most, Set<String> without) throws MessagingException {
        int count = Math.min(folder.getMessageCount(), most + without.size());
        if (count <= 0) {
            return List.of();
        }
        var messages = folder.getMessages(1, count);
        var profile = new FetchProfile();
        profile.add(UIDFolder.FetchProfileItem.UID);
        folder.fetch(messages, profile);
        var waiting = new ArrayList<Waiting>();
        for (var message : messages) {
            if (waiting.size() == most) {
                break;
            }
            var name = name(message);
            if ((name == null || !without.contains(name)) && !message.isSet(Flags.Flag.DELETED)) {
                waiting.add(new Waiting(name, message));
            }
        }
        return Collections.unmodifiableList(waiting);
    }

    private @Nullable String name(Message message) throws MessagingException {
        return switch (folder) {
            case UIDFolder imap -> String.valueOf(imap.getUID(message));
            case POP3Folder pop3 -> {
                var given = pop3.getUID(message);
                yield given == null ? ofHead(message) : given;
            }
            default -> ofHead(message);
        };
    }

    /** A number would not do: when one message is gone, all behind it have others. */
    private static @Nullable String ofHead(Message message) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(head(message)));
        } catch (MessagingException e) {
            return null;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Content read(Waiting waiting) throws MessagingException, IOException {
        var message = waiting.message;
        if (message.getSize() > settings.largest().toBytes()) {
            return new Content(head(message), null, false);
        }
        if (message.getSize() > IN_MEMORY) {
            return new Content(head(message), spooled(message), true);
        }
        var bytes = new ByteArrayOutputStream(Math.max(1_024, message.getSize()));
        message.writeTo(bytes);
        return new Content(bytes.toByteArray(), null, true);
    }

    private static Path spooled(Message message) throws MessagingException, IOException {
        var file = Files.createTempFile("afterword-mail", ".eml");
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
            message.writeTo(out);
            return file;
        } catch (MessagingException | IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static byte[] head(Message message) throws MessagingException {
        var lines = new StringBuilder();
        ((jakarta.mail.internet.MimeMessage) message)
                .getAllHeaderLines()
                .asIterator()
                .forEachRemaining(line -> lines.append(line).append("\r\n"));
        return lines.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Takes it out of the mailbox; only after what it says is committed. */
    void done(Waiting waiting) throws MessagingException {
        if (kept != null) {
            folder.copyMessages(new Message[] {waiting.message}, kept);
        }
        waiting.message.setFlag(Flags.Flag.DELETED, true);
    }

    boolean connected() {
        return folder.isOpen() && store.isConnected();
    }

    void close() throws MessagingException {
        try {
            folder.close(true);
        } finally {
            store.close();
        }
    }
}
