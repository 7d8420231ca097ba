package dev.afterword.db;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;

/** A line between the application and its database that a test can cut and mend. */
public final class DatabaseLine {
    private final int port;
    private final String host;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket door;

    private DatabaseLine(String host, int target) {
        this.host = host;
        this.target = target;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            port = door.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        serve(door);
    }

    /** A line to the database of that URL. */
    public static DatabaseLine to(String url) {
        var address = URI.create(url);
        return new DatabaseLine(address.getHost(), address.getPort());
    }

    /** The same URL at this end of the line. */
    public String through(String url) {
        return url.replace("@" + host + ":" + target, "@127.0.0.1:" + port);
    }

    /** Points the application context at a new database at the end of a line, and gives the line to the test as a bean. */
    public static final class Between
            implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            var url = URI.create(TestDatabase.fresh());
            var line = new DatabaseLine(url.getHost(), url.getPort());
            context.getBeanFactory().registerSingleton("databaseLine", line);
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "database at the end of a line",
                            Map.of(
                                    "afterword.database.url",
                                    url.toString()
                                            .replace(
                                                    "@" + url.getHost() + ":" + url.getPort(),
                                                    "@127.0.0.1:" + line.port),
                                    "afterword.url",
                                    "https://feedback.example",
                                    "afterword.secret",
                                    "for tests only, thirty-two bytes.")));
        }

        /** Last, so that its property source stands before any other. */
        @Override
        public int getOrder() {
            return LOWEST_PRECEDENCE;
        }
    }

    public void cut() throws IOException {
        door.close();
        for (var socket : open) {
            socket.close();
        }
        open.clear();
    }

    /** Changes nothing unless the line was cut. */
    public void mend() {
        if (!door.isClosed()) {
            return;
        }
        // Whoever dialled meanwhile may hold the port for a moment.
        await().ignoreExceptions().until(() -> {
            door = new ServerSocket();
            door.setReuseAddress(true);
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
            return true;
        });
        serve(door);
    }

    private void serve(ServerSocket from) {
        Thread.startVirtualThread(() -> {
            while (true) {
                try {
                    var near = from.accept();
                    var far = new Socket(host, target);
                    open.add(near);
                    open.add(far);
                    pass(near, far);
                    pass(far, near);
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static void pass(Socket from, Socket to) {
        Thread.ofPlatform().daemon().start(() -> {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException ended) {
                // The other end went away; so does this one.
            }
        });
    }
}
