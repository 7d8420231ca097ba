package dev.afterword.db.message;

/** A composed mail: what is sent, and what a preview shows. */
public record Mail(String subject, String html, String text) {}
