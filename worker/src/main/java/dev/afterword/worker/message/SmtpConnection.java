package dev.afterword.worker.message;

import dev.afterword.db.followup.OutgoingMail;
import dev.afterword.db.followup.RecordSends.Submission;
import dev.afterword.db.followup.SendOutcome;
import dev.afterword.db.message.SendQueue.Leased;
import dev.afterword.db.message.attachment.AttachedFile;
import dev.afterword.db.message.attachment.Attachments;
import dev.afterword.db.message.sender.SigningKey;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.UnsupportedEncodingException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to the mail server and the thread that has it: it sends message after message, and closes when there has been none for a while. */
class SmtpConnection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpConnection.class);
    private static final Duration[] BACK_OFF = {
        Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(4)
    };
    private static final int MOST_ATTEMPTS = 12;
    private static final long IDLE_SECONDS = 5;

    private static final Session NO_SERVER = Session.getInstance(new Properties());

    private final MailServers servers;
    private final Throttle throttle;
    private final Ledger ledger;
    private final Attachments attachments;
    private final Jobs jobs;
    private final BooleanSupplier stopping;
    private final Clock clock;
    private final int mostMessages;
    private int messages;
    private @Nullable NotingTransport transport;
    private @Nullable Job current;
    private @Nullable SendOutcome last;

    /** @param mostMessages after so many a new connection is made; 0: never */
    SmtpConnection(
            MailServers servers,
            Throttle throttle,
            Ledger ledger,
            Attachments attachments,
            Jobs jobs,
            BooleanSupplier stopping,
            Clock clock,
            int mostMessages) {
        this.servers = servers;
        this.throttle = throttle;
        this.mostMessages = mostMessages;
        this.ledger = ledger;
        this.attachments = attachments;
        this.jobs = jobs;
        this.stopping = stopping;
        this.clock = clock;
    }

    /** What a connection is given to do. */
    sealed interface Job {}

    /** A message that is to be sent, and the keys that sign it. */
    record Deliver(Leased leased, OutgoingMail mail, List<SigningKey> keys) implements Job {}

    /** Nothing more will come. */
    record End() implements Job {}

    @Override
    public void run() {
        boolean more = true;
        while (more) {
            try {
                more = next();
            } catch (CompletionException e) {
                LOG.warn(
                        "What became of a mail could not be recorded; it will be found when its lease ends",
                        e.getCause());
                more = letGo();
            } catch (RuntimeException e) {
                LOG.error("A mail could not be sent; it will be found when its lease ends", e);
                more = letGo();
                close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                more = false;
            }
        }
        close();
    }

    /** Nobody goes on with what failed; false when it was time to stop. */
    private boolean letGo() {
        var failed = current;
        if (failed instanceof Deliver deliver) {
            ledger.forget(deliver.leased());
        }
        return !(failed instanceof End);
    }

    /** One message, or one wait for a message; false when it is time to stop. */
    private boolean next() throws InterruptedException {
        current = jobs.poll();
        if (current == null) {
            recordLast();
            current = jobs.poll(IDLE_SECONDS);
        }
        switch (current) {
            case null -> close();
            case End end -> {
                recordLast();
                return false;
            }
            case Deliver deliver -> {
                if (stopping.getAsBoolean() || !connected()) {
                    recordLast();
                    ledger.write(null, SendOutcome.givenBack(deliver.leased(), null));
                } else {
                    submit(deliver);
                }
            }
        }
        return true;
    }

    /** Once, whether it can be written or not: the ledger has tried for long, and what it gave up comes back when its lease ends. */
    private void recordLast() {
        var before = last;
        last = null;
        if (before != null) {
            ledger.write(null, before);
        }
    }

    /** Whether there is a connection; of several servers the first that can be reached gets it. */
    private boolean connected() {
        if (transport != null && mostMessages > 0 && messages >= mostMessages) {
            close();
        }
        if (transport != null) {
            return true;
        }
        for (var server : servers.asked()) {
            try {
                transport = server.connect();
                messages = 0;
                return true;
            } catch (MessagingException e) {
                server.unreachable(e);
            }
        }
        return false;
    }

    private void submit(Deliver job) {
        MimeLetter letter;
        try {
            letter = MimeLetter.of(NO_SERVER, job.mail(), files(job), clock.instant());
            if (!job.keys().isEmpty()) {
                letter.sign(job.keys(), clock.instant());
            }
        } catch (MessagingException | UnsupportedEncodingException e) {
            recordLast();
            ledger.write(null, SendOutcome.failed(job.leased(), null, "cannot be written: " + e.getMessage()));
            return;
        }
        var before = last;
        last = null;
        if (ledger.write(new Submission(job.leased(), job.mail().messageId()), before)) {
            last = send(job, letter, true);
        }
    }

    /** What staff sends along; read now, so that only what is being sent stands in memory. */
    private List<AttachedFile> files(Deliver job) {
        return job.mail().byPerson()
                ? ledger.read(attachments.taken(job.leased().send().key()))
                : List.of();
    }

    private SendOutcome send(Deliver job, MimeLetter letter, boolean mayReconnect) {
        var open = transport;
        if (open == null) {
            return SendOutcome.givenBack(job.leased(), null);
        }
        try {
            open.beginMessage();
            if (open.supportsExtension("DSN")) {
                letter.askForReports();
            }
            messages++;
            open.sendMessage(letter, letter.getAllRecipients());
            return SendOutcome.accepted(job.leased(), open.getLastReturnCode(), open.getLastServerResponse());
        } catch (MessagingException e) {
            var reply = SmtpReply.of(e);
            if (!reply.broken()) {
                return refused(job, reply);
            }
            close();
            if (open.ended()) {
                return SendOutcome.unknown(job.leased(), reply.text());
            }
            // A server may close a connection between two messages; nothing of this one was taken.
            return mayReconnect && connected() ? send(job, letter, false) : again(job, null, reply.text());
        }
    }

    private SendOutcome refused(Deliver job, SmtpReply reply) {
        if (reply.code() == 421) {
            close();
        }
        if (reply.tooFast()) {
            throttle.tooFast(job.mail().toDomain(), clock.instant());
        }
        return reply.permanent()
                ? SendOutcome.rejected(job.leased(), reply.code(), reply.text())
                : again(job, reply.code(), reply.text());
    }

    private SendOutcome again(Deliver job, @Nullable Integer code, @Nullable String text) {
        int attempt = job.leased().send().attempt();
        if (attempt >= MOST_ATTEMPTS) {
            return SendOutcome.failed(job.leased(), code, text);
        }
        var wait = BACK_OFF[Math.clamp(attempt - 1L, 0, BACK_OFF.length - 1)];
        return SendOutcome.deferred(job.leased(), clock.instant().plus(wait), code, text);
    }

    private void close() {
        var open = transport;
        transport = null;
        if (open != null) {
            try {
                open.close();
            } catch (MessagingException e) {
                LOG.debug("Closing a connection failed", e);
            }
        }
    }
}
