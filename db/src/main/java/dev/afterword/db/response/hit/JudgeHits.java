package dev.afterword.db.response.hit;

import dev.afterword.db.response.hit.Hit.Judged;

/**
 * The first rule. What no person's browser does is a machine's; what a browser loaded and somebody took time for is a person's; the rest is unsure, and an
 * answer that is unsure counts.
 */
record JudgeHits() implements HitRule {
    /** Scanners come when the mail is delivered, some before the receiving server says that it took it. */
    private static final long BEFORE_DELIVERY_MS = -60_000;

    private static final long AT_DELIVERY_MS = 10_000;
    /** Nobody reads a question and presses a button sooner. */
    private static final long QUICK_MS = 500;

    private static final int SEVERAL = 3;

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Judged judge(Evidence evidence) {
        var hit = evidence.hit();
        if (hit.method().equals("HEAD")) {
            return machine(Reason.HEAD);
        }
        if (hit.signals().prefetch()) {
            return machine(Reason.PREFETCH);
        }
        if (hit.signals().agent() == Agent.ROBOT) {
            return machine(Reason.ROBOT);
        }
        if (evidence.canary()) {
            return machine(Reason.CANARY);
        }
        return switch (hit.target()) {
            case PAGE, THANKS, LOGO, SEEN, CANARY, UNSUBSCRIBE -> look(evidence);
            case ANSWER -> answer(evidence);
            case DRAFT, LIVE -> new Judged(Verdict.PERSON, Reason.TYPED, version());
        };
    }

    private Judged look(Evidence evidence) {
        var hit = evidence.hit();
        if (hit.signals().agent().isDeclaredMachine()) {
            return machine(Reason.ROBOT);
        }
        if (evidence.scores() >= SEVERAL && hit.chosen() != null) {
            return machine(Reason.SEVERAL_SCORES);
        }
        if (evidence.allLinks() && !evidence.rendered()) {
            return machine(Reason.ALL_LINKS);
        }
        if (within(evidence, BEFORE_DELIVERY_MS, AT_DELIVERY_MS)) {
            return evidence.rendered() || evidence.typed()
                    ? new Judged(Verdict.UNSURE, Reason.AT_DELIVERY, version())
                    : machine(Reason.AT_DELIVERY);
        }
        if (evidence.scores() == 2 && hit.chosen() != null) {
            return new Judged(Verdict.UNSURE, Reason.TWO_SCORES, version());
        }
        if (evidence.rendered() || evidence.typed()) {
            return new Judged(Verdict.PERSON, Reason.LOADED, version());
        }
        return hit.signals().language()
                ? new Judged(Verdict.UNSURE, Reason.NOTHING_LOADED, version())
                : machine(Reason.BARE);
    }

    /** What loaded the page as browsers do is never taken for a machine: an answer that is thrown away wrongly costs more than one that is counted wrongly. */
    private Judged answer(Evidence evidence) {
        var look = evidence.lookMs();
        if (evidence.typed() || (evidence.rendered() && look != null && look >= QUICK_MS)) {
            return new Judged(Verdict.PERSON, Reason.ANSWERED, version());
        }
        if (evidence.rendered()) {
            return new Judged(Verdict.UNSURE, look == null ? Reason.FORM_UNSEEN : Reason.TOO_QUICK, version());
        }
        // A program that never asked for the form knows its fields from elsewhere: it was made for that.
        if (look == null) {
            return new Judged(Verdict.UNSURE, Reason.FORM_UNSEEN, version());
        }
        // What calls itself a browser and loads nothing pretends. Scores that somebody else asked for say nothing of
        // who presses the button.
        if (!evidence.hit().signals().agent().isBrowser()) {
            return new Judged(Verdict.UNSURE, Reason.NOTHING_LOADED, version());
        }
        if (look < QUICK_MS) {
            return machine(Reason.TOO_QUICK);
        }
        return within(evidence, BEFORE_DELIVERY_MS, AT_DELIVERY_MS)
                ? machine(Reason.AT_DELIVERY)
                : new Judged(Verdict.UNSURE, Reason.NOTHING_LOADED, version());
    }

    private Judged machine(Reason reason) {
        return new Judged(Verdict.MACHINE, reason, version());
    }

    private static boolean within(Evidence evidence, long from, long to) {
        var since = evidence.hit().acceptedMs();
        return since != null && since >= from && since <= to;
    }
}
