package dev.afterword.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real browser for tests, started once: {@code @RegisterExtension static Browser browser = new Browser()}. Without Chromium its tests are skipped with one
 * loud line, or fail where {@code -Dafterword.browser=required}. What a test opens is closed after it.
 */
public final class Browser implements BeforeAllCallback, AfterEachCallback {
    private static final String SHELL = "/usr/bin/chromium-headless-shell";
    /** The first that is there: Chromium's headless shell draws and scripts as Chromium does, without the window around it, at half the work. */
    private static final Path CHROMIUM = Path.of(
            System.getProperty("afterword.chromium", Files.isExecutable(Path.of(SHELL)) ? SHELL : "/usr/bin/chromium"));

    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            // Names of pages that mean harm: they lead to this machine, as names whose owner points them here do.
            "--host-resolver-rules=MAP *.rebound.example 127.0.0.1");
    /** Runs on what stands in the page, and describes violations alone: what passes takes as long again to describe. */
    private static final String AXE = """
            () => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations']})
                .then(found => found.violations.map(rule => rule.id + ': ' + rule.help + ' ' + rule.nodes.map(node => node.html).join(' ')))
            """;

    /** How long a machine may be busy with other things, in milliseconds, before what a page should show is missed. */
    private static final int PATIENCE = 15_000;

    private static final Set<BrowserContext> MUTE = new HashSet<>();
    private static final Map<Page, Set<String>> WAITING = new ConcurrentHashMap<>();
    private static com.microsoft.playwright.Browser chromium;

    private final List<BrowserContext> open = new ArrayList<>();

    /** How a page is looked at: its width in pixels, its colours, whether scripts run, and the language asked for. */
    public record Look(int width, boolean dark, boolean scripts, String language) {
        public static final Look DESKTOP = new Look(1280, false, true, "en");
        public static final Look PHONE = new Look(390, false, true, "en");

        public Look darkened() {
            return new Look(width, true, scripts, language);
        }

        public Look withoutScripts() {
            return new Look(width, dark, false, language);
        }

        public Look speaking(String other) {
            return new Look(width, dark, scripts, other);
        }

        int height() {
            return width < 600 ? 844 : 900;
        }

        ColorScheme scheme() {
            return dark ? ColorScheme.DARK : ColorScheme.LIGHT;
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!Files.isExecutable(CHROMIUM)) {
            var sentence = "NO BROWSER: " + CHROMIUM + " is missing; " + context.getDisplayName()
                    + " does not run. Install it with: apt-get install -y chromium";
            if ("required".equals(System.getProperty("afterword.browser"))) {
                throw new IllegalStateException(sentence);
            }
            System.out.println(sentence);
            Assumptions.abort(sentence);
        }
        start();
    }

    /** A page of a fresh visitor: no cookies, nothing kept. */
    public Page page(Look look) {
        start();
        var context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(look.width(), look.height())
                .setColorScheme(look.scheme())
                // What fades in is looked at when it is there.
                .setReducedMotion(ReducedMotion.REDUCE)
                .setJavaScriptEnabled(look.scripts())
                .setLocale(look.language())
                .setIgnoreHTTPSErrors(true));
        context.setDefaultTimeout(PATIENCE);
        open.add(context);
        if (!look.scripts()) {
            MUTE.add(context);
        }
        var page = context.newPage();
        var waiting = WAITING.computeIfAbsent(page, _ -> ConcurrentHashMap.newKeySet());
        page.onRequest(request -> waiting.add(request.url()));
        page.onRequestFinished(request -> waiting.remove(request.url()));
        page.onRequestFailed(request -> waiting.remove(request.url()));
        return page;
    }

    /** Goes to an address; when it does not load, says what has no answer and what the server's threads do. */
    public static void open(Page page, String url) {
        try {
            page.navigate(url);
        } catch (TimeoutError e) {
            var threads = Thread.getAllStackTraces().entrySet().stream()
                    .map(entry -> entry.getKey().getName() + "\n  " + Arrays.toString(entry.getValue()))
                    .collect(Collectors.joining("\n"));
            throw new AssertionError("no answer to " + WAITING.get(page) + "\n" + threads, e);
        }
    }

    public Page page() {
        return page(Look.DESKTOP);
    }

    /** Fails on every violation of WCAG 2.2 A and AA that axe finds on the page, naming the rule and the elements. */
    public static void axe(Page page) {
        if (MUTE.contains(page.context())) {
            throw new IllegalStateException("axe is a script: it would wait for ever where scripts are off");
        }
        assertThat(page.evaluate("document.compatMode"))
                .as("without a doctype, browsers draw as those of 1998 did")
                .isEqualTo("CSS1Compat");
        assertThat(violations(page)).as("accessibility of " + page.url()).isEqualTo(List.of());
    }

    /** A frame that is loaded anew meanwhile, as a preview is, takes its script with it: the page is read once more when it is there. */
    private static Object violations(Page page) {
        for (int attempt = 1; ; attempt++) {
            try {
                for (var frame : page.frames()) {
                    // A frame that is loaded when somebody gets to it has no address yet, and would be waited for.
                    if (!frame.url().isEmpty() && Boolean.FALSE.equals(frame.evaluate("'axe' in window"))) {
                        frame.evaluate("() => {" + AxeBuilder.getAxeScript() + "\n}");
                    }
                }
                return page.evaluate(AXE);
            } catch (PlaywrightException e) {
                if (attempt == 3 || !e.getMessage().contains("Execution context was destroyed")) {
                    throw e;
                }
                page.waitForLoadState();
            }
        }
    }

    /** By night on a phone, then by day on a desk: a picture of each, axe reads it, and nothing scrolls sideways. On the page as it stands. */
    public static void everyLook(Page page, String name) {
        for (var look : List.of(Look.PHONE.darkened(), Look.DESKTOP)) {
            page.setViewportSize(look.width(), look.height());
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(look.scheme()));
            if (page.locator("[data-chart]").count() > 0) {
                // Drawn otherwise where there is less room.
                page.reload();
            }
            picture(page, name + "-" + look.width() + (look.dark() ? "-dark" : ""));
            axe(page);
            assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as(page.url() + " fits " + look.width())
                    .isTrue();
        }
    }

    /** Keeps a picture of the whole page under {@code target/screens/}, to be looked at, with {@code -Dafterword.pictures}; they take a third of the time. */
    public static void picture(Page page, String name) {
        if (System.getProperty("afterword.pictures") != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of("target", "screens", name + ".png"))
                    .setFullPage(true));
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        open.forEach(Browser::close);
        WAITING.clear();
        MUTE.removeAll(open);
        open.clear();
    }

    /** A browser that does not let go of a context within half a minute is ended, and the next test begins another: waiting for it has no end. */
    private static void close(BrowserContext context) {
        var watch = new Timer("browser watch", true);
        watch.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        System.out.println("The browser hangs while it closes a context, and is ended.");
                        ProcessHandle.current()
                                .descendants()
                                .filter(process -> process.info()
                                        .command()
                                        .filter(command -> command.contains("chromium"))
                                        .isPresent())
                                .forEach(ProcessHandle::destroyForcibly);
                    }
                },
                30_000);
        try {
            context.close();
        } catch (PlaywrightException e) {
            if (chromium.isConnected()) {
                throw e;
            }
        } finally {
            watch.cancel();
        }
    }

    private static synchronized void start() {
        if (chromium == null || !chromium.isConnected()) {
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
            var playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            chromium = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(CHROMIUM)
                            .setArgs(FLAGS));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        }
    }
}
