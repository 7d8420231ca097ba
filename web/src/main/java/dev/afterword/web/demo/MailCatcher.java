package dev.afterword.web.demo;

import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.UserImpl;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.afterword.db.Key;
import dev.afterword.web.StartProblem;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Takes every mail of the demo over real SMTP and keeps it in a folder, one file a mail, named by UUIDv7 and so in the order they came. */
final class MailCatcher {
    private static final int LATEST = 100;

    private final GreenMail server;
    private final Path folder;

    private MailCatcher(GreenMail server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    static MailCatcher start(DemoFolder demo) {
        var setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        var catcher = new MailCatcher(new GreenMail(setup), demo.file("mail"));
        try {
            Files.createDirectories(catcher.folder);
            catcher.server.start();
            catcher.server
                    .getUserManager()
                    .setMessageDeliveryHandler((message, address) -> catcher.new Pigeonhole(address.getEmail()));
            return catcher;
        } catch (IOException | IllegalStateException e) {
            throw new StartProblem("mail", e, String.valueOf(e.getMessage()));
        }
    }

    int port() {
        return server.getSmtp().getPort();
    }

    /** The newest mails, or those before one of them. */
    List<CaughtMail> before(String id, int count) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .filter(file -> id.isEmpty() || name(file).compareTo(id) < 0)
                    .sorted(Comparator.reverseOrder())
                    .limit(count)
                    .map(MailCatcher::read)
                    .toList();
        }
    }

    /** The newest mail to that address among the latest. */
    Mono<Optional<CaughtMail>> newestTo(String address) {
        return blocking(() -> before("", LATEST).stream()
                .filter(mail -> mail.to().contains(address))
                .findFirst());
    }

    /** Reading files keeps a thread waiting, so it happens on one that may. */
    static <T> Mono<T> blocking(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
    }

    Optional<CaughtMail> find(UUID id) {
        var file = folder.resolve(id + ".eml");
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    private static CaughtMail read(Path file) {
        try (var source = Files.newInputStream(file)) {
            return CaughtMail.read(name(file), Files.getLastModifiedTime(file).toInstant(), source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".eml", "");
    }

    private void keep(MimeMessage message) {
        var id = Key.nextId();
        var beside = folder.resolve(id + ".new");
        try (var out = Files.newOutputStream(beside)) {
            message.writeTo(out);
            out.flush();
            Files.move(beside, folder.resolve(id + ".eml"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    void stop() {
        server.stop();
    }

    /** Receives for one address, whichever it is; what comes is on the disk before the sender hears that it was accepted. */
    private final class Pigeonhole extends UserImpl {
        Pigeonhole(String address) {
            super(address, address, "", null);
        }

        @Override
        public void deliver(MovingMessage message) {
            keep(message.getMessage());
        }

        @Override
        public void deliver(MimeMessage message) {
            keep(message);
        }
    }
}
