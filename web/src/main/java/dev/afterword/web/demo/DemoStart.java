package dev.afterword.web.demo;

import dev.afterword.db.Installation;
import dev.afterword.web.AtStart;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** At the first start of a demo, gives it its shop and its past, before anything is served or sent; at every start, says where it is and how to sign in. */
@Component
class DemoStart implements SmartLifecycle {
    private static final String FACTS = "demo.env";

    private final DemoFolder folder;
    private final DemoShop shop;
    private final Clock clock;
    private final Installation installation;
    private volatile boolean running;

    DemoStart(DemoFolder folder, DemoShop shop, Clock clock, Installation installation) {
        this.folder = folder;
        this.shop = shop;
        this.clock = clock;
        this.installation = installation;
    }

    @Override
    public void start() {
        running = true;
        if (!folder.has(EmbeddedServer.HISTORY)) {
            System.out.println(text("demo.console.making"));
            AtStart.run(Mono.defer(
                            () -> shop.open(folder.secret("password").substring(0, 20), clock.instant(), months()))
                    .doOnNext(secret -> DemoFolder.write(folder.file("api-key"), secret + "\n"))
                    .then());
            System.out.println();
            DemoFolder.write(folder.file(EmbeddedServer.HISTORY), "");
        }
    }

    /** Names each month on one line as it is lived through, so that a slow machine is seen to work. */
    private static Consumer<Instant> months() {
        var named = new AtomicReference<Month>();
        return at -> {
            var month = at.atZone(ZoneOffset.UTC).getMonth();
            if (named.getAndSet(month) != month) {
                System.out.print(month.getDisplayName(TextStyle.SHORT, Locale.ROOT) + " ");
                System.out.flush();
            }
        };
    }

    @EventListener
    void say(ApplicationReadyEvent ready) {
        var url = installation.url().toString();
        var password = folder.secret("password").substring(0, 20);
        DemoFolder.write(folder.file(FACTS), """
                AFTERWORD_URL=%s
                AFTERWORD_API_KEY=%s
                AFTERWORD_EMAIL=%s
                AFTERWORD_PASSWORD=%s
                """.formatted(url, folder.secret("api-key"), DemoShop.OWNER, password));
        System.out.println(text("demo.console.ready", url, DemoShop.OWNER, password, folder.file(FACTS)));
    }

    private static String text(String code, Object... arguments) {
        return new MessageFormat(ResourceBundle.getBundle("messages/demo").getString(code), Locale.ROOT)
                .format(arguments);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the writer of answers has started, before the web server and the worker do. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 4096;
    }
}
