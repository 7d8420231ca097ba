package dev.afterword.web;

import java.util.regex.Pattern;

/** Paths as they may stand in a log, and those that a page may lead to. */
public final class Paths {
    private static final Pattern SECRET = Pattern.compile("^/(r|u|s|f|c|password|welcome)/[^/]*|^/(o)/.*");

    private static final Pattern OURS = Pattern.compile("/w/[a-z2-7]{8}(/[^\\\\\\p{Cntrl}]{0,1000})?");

    private Paths() {}

    /** Whether it is one of our own pages, and nobody else's. */
    public static boolean ours(String path) {
        return OURS.matcher(path).matches() && !path.contains("//");
    }

    /**
     * Where a visitor was going, as long as it is one of our own pages below home, else home. Ready to be redirected to: braces, which no address of ours
     * has but somebody may write, would be taken for the names of values.
     */
    public static String next(String asked, String home) {
        return ours(asked) && asked.startsWith(home) ? asked.replace("{", "%7B").replace("}", "%7D") : home;
    }

    /** The path without the token that a link carries: {@code /r/…}. */
    static String logged(String path) {
        return SECRET.matcher(path).replaceFirst("/$1$2/…").replaceAll("[\\p{Cntrl}]", "");
    }
}
