package dev.afterword.web.demo;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process of its own that starts the demo's server, says where it is, and waits to be killed. */
final class ServerToKill {
    private ServerToKill() {}

    public static void main(String[] arguments) throws InterruptedException {
        var folder = DemoFolder.take(Path.of(arguments[0]));
        System.out.println("URL " + EmbeddedServer.start(folder).address().getJdbcUrl());
        new CountDownLatch(1).await();
    }
}
