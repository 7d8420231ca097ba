package dev.afterword.worker.message;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/** An SMTP connection that notes whether the final dot of the message was on its way: what breaks before can be sent again, what breaks after cannot. */
class NotingTransport extends SMTPTransport {
    private boolean ended;
    private @Nullable Socket socket;
    private int patienceMillis;

    NotingTransport(Session session, URLName url, boolean ssl) {
        super(session, url, ssl ? "smtps" : "smtp", ssl);
    }

    /** Waits longer for what the server says to the final dot than for anything else that it is asked. */
    void waitAtTheEnd(Socket connected, Duration patience) {
        socket = connected;
        patienceMillis = Math.toIntExact(patience.toMillis());
    }

    void beginMessage() {
        ended = false;
    }

    /** Whether the message may have been taken, when no answer came. */
    boolean ended() {
        return ended;
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        ended = true;
        patiently(super::finishData);
    }

    @Override
    protected void finishBdat() throws IOException, MessagingException {
        ended = true;
        patiently(super::finishBdat);
    }

    /** The last words of a message and the answer to them. */
    @FunctionalInterface
    private interface Ending {
        void say() throws IOException, MessagingException;
    }

    private void patiently(Ending ending) throws IOException, MessagingException {
        var open = socket;
        if (open == null || open.isClosed()) {
            ending.say();
            return;
        }
        int before = open.getSoTimeout();
        open.setSoTimeout(patienceMillis);
        try {
            ending.say();
        } finally {
            if (!open.isClosed()) {
                open.setSoTimeout(before);
            }
        }
    }
}
