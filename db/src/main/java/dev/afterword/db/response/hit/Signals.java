package dev.afterword.db.response.hit;

/**
 * What a request tells by itself.
 *
 * @param prefetch announced as fetched ahead (Sec-Purpose, Purpose, X-Moz, X-Purpose)
 * @param language whether it asks for a language
 * @param platform the operating system's family, as windows
 */
public record Signals(boolean prefetch, boolean language, Agent agent, String platform) {}
