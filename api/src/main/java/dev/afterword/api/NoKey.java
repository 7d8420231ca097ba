package dev.afterword.api;

import org.springframework.security.core.AuthenticationException;

/** A call without an API key, or with one that is unknown or revoked. */
final class NoKey extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    NoKey(String code) {
        super(code);
    }

    String code() {
        return String.valueOf(getMessage());
    }
}
