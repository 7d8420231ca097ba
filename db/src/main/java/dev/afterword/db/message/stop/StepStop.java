package dev.afterword.db.message.stop;

import dev.afterword.db.Key;
import java.time.Instant;
import java.util.UUID;

/**
 * A step that is stopped.
 *
 * @param step the key of the step
 * @param harmed of so many sent, how many bounced or were reported
 */
public record StepStop(
        Key key, UUID followUpId, String step, StopReason reason, int sent, int harmed, Instant stoppedAt) {}
