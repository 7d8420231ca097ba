package dev.afterword.db.message.stop;

import java.util.Optional;

/** Why a step was stopped. */
public enum StopReason {
    SPAM_REPORTS("spam-reports"),
    BOUNCES("bounces");

    /** Mailbox providers act from 0.1 % on; fewer mails say too little. */
    private static final int SENT_FOR_SPAM = 1_000;

    private static final double SPAM = 0.001;
    private static final int SENT_FOR_BOUNCES = 100;
    private static final double BOUNCED = 0.05;

    private final String code;

    StopReason(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    public static StopReason of(String code) {
        return code.equals(SPAM_REPORTS.code) ? SPAM_REPORTS : BOUNCES;
    }

    /**
     * Why a step must stop; empty where it may go on.
     *
     * @param accepted mails that receiving servers took
     * @param refused mails that they refused at once
     * @param bounced mails that did not arrive, those refused at once among them
     * @param reported mails reported as spam
     */
    public static Optional<StopReason> of(long accepted, long refused, long bounced, long reported) {
        if (accepted >= SENT_FOR_SPAM && reported >= accepted * SPAM) {
            return Optional.of(SPAM_REPORTS);
        }
        long sent = accepted + refused;
        return sent >= SENT_FOR_BOUNCES && bounced >= sent * BOUNCED ? Optional.of(BOUNCES) : Optional.empty();
    }
}
