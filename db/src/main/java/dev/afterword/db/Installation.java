package dev.afterword.db;

import java.net.URI;

/** Where this installation is reached from outside: {@code afterword.url}, the only source of links. */
public record Installation(URI url) {
    /** The absolute address of a path that begins with a slash. */
    public String link(String path) {
        var base = url.toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    }
}
