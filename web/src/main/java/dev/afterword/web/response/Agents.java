package dev.afterword.web.response;

import dev.afterword.db.response.hit.Agent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The families that programs name themselves after: coarse on purpose, first match wins. A library would know hundreds, which no rule asks for. */
final class Agents {
    /** Scanners of mail and previews of chats are those that others list too (OpenAEV, warmbly), and what names itself a robot. */
    private static final Pattern ROBOT = Pattern.compile(
            "bot\\b|bot/|crawl|spider|preview|scan|urldefense|proofpoint|barracuda|mimecast|safelinks|fireeye|trendmicro|symantec|sophos|forcepoint|slack-img|"
                    + "facebookexternalhit|whatsapp|telegram|skypeuri|teams/|googleimageproxy|feedfetcher|ggpht|yahoomailproxy|headlessbot|monitor|uptime|validator");

    private static final Pattern LIBRARY = Pattern.compile(
            "^(curl|wget|python|go-http-client|java|apache-httpclient|okhttp|node|axios|undici|ruby|perl|libwww|php|guzzle|reactornetty|postman|powershell|winhttp|httpie|aiohttp|rust|reqwest)");

    private static final Map<Pattern, Agent> BROWSERS = new LinkedHashMap<>();
    private static final Map<Pattern, String> PLATFORMS = new LinkedHashMap<>();

    static {
        browser("headlesschrome|phantomjs|puppeteer|playwright", Agent.HEADLESS);
        browser("outlook|thunderbird|microsoft office|applemail|yahoomobilemail|gmail", Agent.MAIL);
        browser("edg/|edga/|edgios/|edge/", Agent.EDGE);
        browser("opr/|opera", Agent.OPERA);
        browser("samsungbrowser", Agent.SAMSUNG);
        browser("firefox|fxios", Agent.FIREFOX);
        browser("chrome|crios|chromium", Agent.CHROME);
        browser("safari|applewebkit", Agent.SAFARI);
        platform("iphone|ipad|ipod", "ios");
        platform("android", "android");
        platform("windows", "windows");
        platform("mac os x|macintosh", "macos");
        platform("cros ", "chromeos");
        platform("linux|x11", "linux");
    }

    private Agents() {}

    private static void browser(String words, Agent agent) {
        BROWSERS.put(Pattern.compile(words), agent);
    }

    private static void platform(String words, String name) {
        PLATFORMS.put(Pattern.compile(words), name);
    }

    static Agent family(@Nullable String said) {
        if (said == null || said.isBlank()) {
            return Agent.NONE;
        }
        var words = lower(said);
        if (LIBRARY.matcher(words).find()) {
            return Agent.LIBRARY;
        }
        if (ROBOT.matcher(words).find()) {
            return Agent.ROBOT;
        }
        return BROWSERS.entrySet().stream()
                .filter(one -> one.getKey().matcher(words).find())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Agent.OTHER);
    }

    static String platform(@Nullable String said) {
        if (said == null) {
            return "other";
        }
        var words = lower(said);
        return PLATFORMS.entrySet().stream()
                .filter(one -> one.getKey().matcher(words).find())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("other");
    }

    private static String lower(String said) {
        return (said.length() > 500 ? said.substring(0, 500) : said).toLowerCase(Locale.ROOT);
    }
}
