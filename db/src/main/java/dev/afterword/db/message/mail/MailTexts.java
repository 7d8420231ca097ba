package dev.afterword.db.message.mail;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Our own words in a mail, in its language or else in English. */
record MailTexts(String language, Locale locale, ResourceBundle texts) {
    private static final Set<String> RIGHT_TO_LEFT =
            Set.of("ar", "he", "iw", "fa", "ur", "ps", "sd", "yi", "dv", "ckb");
    private static final Map<String, MailTexts> KNOWN = new ConcurrentHashMap<>();

    static MailTexts in(String language) {
        return KNOWN.computeIfAbsent(language, MailTexts::load);
    }

    private static MailTexts load(String language) {
        var locale = Locale.forLanguageTag(language);
        return new MailTexts(
                language,
                locale,
                ResourceBundle.getBundle(
                        "messages.mail",
                        locale.getLanguage().equals("en") ? Locale.ROOT : locale,
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
    }

    String say(String key, Object... arguments) {
        return new MessageFormat(texts.getString(key), locale).format(arguments);
    }

    boolean rightToLeft() {
        return RIGHT_TO_LEFT.contains(locale.getLanguage());
    }
}
