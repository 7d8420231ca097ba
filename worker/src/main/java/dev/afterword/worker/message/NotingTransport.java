package dev.afterword.worker.message;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** An SMTP connection that notes whether the final dot of the message was on its way: what breaks before can be sent again, what breaks after cannot. */
class NotingTransport extends SMTPTransport {
    private boolean ended;

    NotingTransport(Session session, URLName url, boolean ssl) {
        super(session, url, ssl ? "smtps" : "smtp", ssl);
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
        super.finishData();
    }

    @Override
    protected void finishBdat() throws IOException, MessagingException {
        ended = true;
        super.finishBdat();
    }
}
