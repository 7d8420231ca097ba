package dev.afterword.web.start;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that lets everybody in and says that it is an older PostgreSQL: as much of the protocol (PostgreSQL, chapter 54) as a client needs to hear that. */
final class OldPostgres implements AutoCloseable {
    private static final int STARTUP = 196_608;

    private final ServerSocket server;
    private final String version;

    OldPostgres(String version) throws IOException {
        this.version = version;
        this.server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                talk(socket);
            } catch (IOException gone) {
                // The client has heard enough.
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        var out = new DataOutputStream(socket.getOutputStream());
        while (startup(in) != STARTUP) {
            // No encryption of either kind.
            out.writeByte('N');
        }
        message(out, 'R', new byte[4]);
        parameter(out, "server_version", version);
        parameter(out, "server_encoding", "UTF8");
        parameter(out, "client_encoding", "UTF8");
        parameter(out, "DateStyle", "ISO, MDY");
        parameter(out, "integer_datetimes", "on");
        parameter(out, "standard_conforming_strings", "on");
        message(out, 'Z', new byte[] {'I'});
        while (true) {
            int type = in.readByte();
            in.skipNBytes(in.readInt() - 4L);
            switch (type) {
                case 'P' -> message(out, '1', new byte[0]);
                case 'B' -> message(out, '2', new byte[0]);
                case 'D' -> message(out, 'n', new byte[0]);
                case 'E' -> message(out, 'C', "SET\0".getBytes(StandardCharsets.US_ASCII));
                case 'S' -> message(out, 'Z', new byte[] {'I'});
                case 'Q' -> {
                    message(out, 'C', "SET\0".getBytes(StandardCharsets.US_ASCII));
                    message(out, 'Z', new byte[] {'I'});
                }
                default -> {
                    return;
                }
            }
        }
    }

    /** The code of a message of the beginning, which has no type. */
    private static int startup(DataInputStream in) throws IOException {
        int length = in.readInt();
        int code = in.readInt();
        in.skipNBytes(length - 8L);
        return code;
    }

    private static void parameter(DataOutputStream out, String name, String value) throws IOException {
        message(out, 'S', (name + "\0" + value + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    private static void message(DataOutputStream out, char type, byte[] body) throws IOException {
        out.writeByte(type);
        out.writeInt(body.length + 4);
        out.write(body);
        out.flush();
    }
}
