package dev.afterword.db.survey.moving;

/** A condition of another product that ours cannot express. */
final class CannotSay extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;

    /** @param what the part of the condition that is not understood */
    CannotSay(String what) {
        super(what, null, false, false);
        this.what = Findings.shown(what);
    }

    String what() {
        return what;
    }
}
