package dev.afterword.web;

import java.util.regex.Pattern;

/** Paths as they may stand in a log. */
final class Paths {
    private static final Pattern SECRET = Pattern.compile("^/(r|u|s|f|c|password|welcome)/[^/]*|^/(o)/.*");

    private Paths() {}

    /** The path without the token that a link carries: {@code /r/…}. */
    static String logged(String path) {
        return SECRET.matcher(path).replaceFirst("/$1$2/…").replaceAll("[\\p{Cntrl}]", "");
    }
}
