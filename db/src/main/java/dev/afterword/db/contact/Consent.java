package dev.afterword.db.contact;

import dev.afterword.db.workspace.Purpose;
import java.time.Instant;

/**
 * What a person said about being written to.
 *
 * @param address normalised, as {@link Address#normalise}
 * @param dated whether it was said at that time; otherwise it is only known not to be younger
 * @param source where it was said, as {@code checkout}
 */
public record Consent(String address, Purpose purpose, boolean granted, Instant at, boolean dated, String source) {}
