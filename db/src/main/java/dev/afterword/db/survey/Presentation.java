package dev.afterword.db.survey;

import java.util.Locale;

/** How a survey's questions come. */
public enum Presentation {
    /** One question a screen. */
    ONE_BY_ONE,
    /** All on one page. */
    ONE_PAGE;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
