package dev.afterword.db.message;

/** Where a message waits: with those that follow something that one person did, or with those that go to a whole audience. */
public enum Lane {
    SINGLE,
    BULK;

    boolean bulk() {
        return this == BULK;
    }
}
