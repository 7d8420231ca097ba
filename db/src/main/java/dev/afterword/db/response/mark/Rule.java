package dev.afterword.db.response.mark;

/** The version of the rules of all marks: a changed rule is a new version. */
final class Rule {
    static final int VERSION = 1;

    private Rule() {}
}
