package dev.afterword.db;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who got in and what was refused, as log lines of a logger of their own, {@code afterword.security}: for whoever watches the log. People stand in it by id. */
public final class SecurityLog {
    private static final Logger LOG = LoggerFactory.getLogger("afterword.security");

    private SecurityLog() {}

    /**
     * Somebody proved who they are.
     *
     * @param how in the words of a code, as {@code sign-in.password}
     * @param who their id
     */
    public static void entered(String how, Object who) {
        LOG.info("{} staff {}", how, who);
    }

    /**
     * Somebody was refused.
     *
     * @param why in the words of a code, as {@code sign-in.wrong}
     * @param what whom or what they wanted: an id, or a path without its secret parts
     */
    public static void refused(String why, Object what) {
        LOG.warn("refused: {} {}", why, what);
    }
}
