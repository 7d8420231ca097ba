package dev.afterword.web;

/** Something must be done on another page first. */
final class Elsewhere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;

    Elsewhere(String path) {
        super("elsewhere", null, false, false);
        this.path = path;
    }

    String path() {
        return path;
    }
}
