package dev.afterword.worker.message.incoming;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A POP3 server that gives its messages no names (RFC 1939 §7 allows that), and does not give out those that say so in their subject. */
final class NamelessPop3 implements AutoCloseable {
    private static final String WITHHELD = "Subject: withheld";

    private final ServerSocket socket;
    private final List<String> mails = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    NamelessPop3() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    synchronized void deliver(String mail) {
        mails.add(mail);
    }

    synchronized int held() {
        return mails.size();
    }

    /** How often a message was asked for that is not given out. */
    synchronized long withheld() {
        return asked.stream().filter(mail -> mail.contains(WITHHELD)).count();
    }

    private void serve() {
        try {
            while (true) {
                try (var client = socket.accept()) {
                    talk(client);
                }
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void talk(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        var deleted = new TreeSet<Integer>();
        say(client, "+OK");
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            var words = line.split(" ");
            say(client, answer(words, deleted));
            if (words[0].equals("QUIT")) {
                return;
            }
        }
    }

    private synchronized String answer(String[] words, TreeSet<Integer> deleted) {
        return switch (words[0]) {
            case "USER", "PASS", "NOOP" -> "+OK";
            case "STAT" -> "+OK %d 1".formatted(mails.size());
            case "LIST" ->
                words.length == 1
                        ? "-ERR one at a time"
                        : "+OK %s %d"
                                .formatted(
                                        words[1],
                                        mails.get(Integer.parseInt(words[1]) - 1)
                                                .length());
            case "TOP" -> "+OK\r\n" + mails.get(Integer.parseInt(words[1]) - 1).split("\r\n\r\n")[0] + "\r\n\r\n.";
            case "RETR" -> {
                var mail = mails.get(Integer.parseInt(words[1]) - 1);
                asked.add(mail);
                yield mail.contains(WITHHELD) ? "-ERR not today" : "+OK\r\n" + mail + "\r\n.";
            }
            case "DELE" -> {
                deleted.add(Integer.parseInt(words[1]));
                yield "+OK";
            }
            case "QUIT" -> {
                deleted.descendingSet().forEach(number -> mails.remove(number - 1));
                yield "+OK";
            }
            default -> "-ERR";
        };
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
