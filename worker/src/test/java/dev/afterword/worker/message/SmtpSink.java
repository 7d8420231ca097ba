package dev.afterword.worker.message;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A mail server on loopback that keeps what it accepts, and can be told how to answer for a recipient. */
class SmtpSink implements AutoCloseable {
    private final ServerSocket server = open();
    private final Map<String, String> atRecipient = new ConcurrentHashMap<>();
    private final Map<String, String> atEnd = new ConcurrentHashMap<>();
    private volatile String atSender = "250 ok";
    private final long delayNanos;
    private final int kept;
    final List<String> messages = new CopyOnWriteArrayList<>();
    /** What stood before the messages: MAIL and RCPT. */
    final List<String> envelopes = new CopyOnWriteArrayList<>();

    /** @param delayMillis how long it thinks before it accepts a message */
    SmtpSink(int delayMillis) {
        this(delayMillis, Integer.MAX_VALUE);
    }

    /**
     * @param delayMillis how long it thinks before it accepts a message
     * @param kept how many characters of each message it keeps
     */
    SmtpSink(int delayMillis, int kept) {
        this.kept = kept;
        this.delayNanos = delayMillis * 1_000_000L;
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Answers MAIL FROM with this reply. */
    void answerSender(String reply) {
        atSender = reply;
    }

    /** Answers RCPT TO for an address with this reply. */
    void answerRecipient(String address, String reply) {
        atRecipient.put(address, reply);
    }

    /** Answers the final dot for an address with this reply; "hang up" breaks the connection instead, "hang up early" before the message, once. */
    void answerEnd(String address, String reply) {
        atEnd.put(address, reply);
    }

    List<String> messageIds() {
        return messages.stream()
                .map(message -> message.lines()
                        .filter(line -> line.startsWith("Message-ID: "))
                        .findFirst()
                        .orElse("none"))
                .toList();
    }

    List<String> to(String address) {
        return messages.stream()
                .filter(message -> message.contains("X-Recipient: <" + address + ">"))
                .toList();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> talk(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            var out = socket.getOutputStream();
            var recipient = "";
            say(out, "220 sink");
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var command = line.toUpperCase(Locale.ROOT);
                if (command.startsWith("MAIL FROM:") || command.startsWith("RCPT TO:")) {
                    envelopes.add(line);
                }
                if (command.startsWith("MAIL FROM:")) {
                    say(out, atSender);
                } else if (command.startsWith("RCPT TO:")) {
                    recipient = line.substring(9, line.indexOf('>'));
                    say(out, atRecipient.getOrDefault(recipient, "250 ok"));
                } else if (command.equals("DATA")) {
                    var ending = atEnd.getOrDefault(recipient, "250 queued");
                    if (ending.equals("hang up early")) {
                        atEnd.remove(recipient);
                        return;
                    }
                    say(out, "354 go on");
                    var message = body(in, recipient);
                    if (message == null) {
                        return;
                    }
                    LockSupport.parkNanos(delayNanos);
                    if (ending.startsWith("250")) {
                        messages.add(message);
                    }
                    if (ending.equals("hang up")) {
                        messages.add(message);
                        return;
                    }
                    say(out, ending);
                } else if (command.startsWith("EHLO")) {
                    say(out, "250-sink\r\n250 DSN");
                } else if (command.equals("QUIT")) {
                    say(out, "221 bye");
                    return;
                } else {
                    say(out, "250 ok");
                }
            }
        } catch (IOException e) {
            // The client went away, as killed workers do.
        }
    }

    /** The message, or null when the client went away before its end. */
    private String body(BufferedReader in, String recipient) throws IOException {
        var message = new StringBuilder("X-Recipient: <" + recipient + ">\r\n");
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(".")) {
                return message.toString();
            }
            if (message.length() < kept) {
                message.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
            }
        }
        return null;
    }

    private static void say(OutputStream out, String reply) throws IOException {
        out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
