package dev.afterword.worker.message.incoming;

import jakarta.activation.DataSource;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimePart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A part of a message as the source of its own parts, which is read where it stands and not copied. */
record PartSource(MimePart part) implements DataSource {
    @Override
    public InputStream getInputStream() throws IOException {
        try {
            return part.getInputStream();
        } catch (MessagingException e) {
            throw new IOException(e);
        }
    }

    @Override
    public OutputStream getOutputStream() {
        throw new UnsupportedOperationException("a part that came in is not written");
    }

    @Override
    public String getContentType() {
        try {
            return part.getContentType();
        } catch (MessagingException e) {
            return "multipart/mixed";
        }
    }

    @Override
    public String getName() {
        return "";
    }
}
