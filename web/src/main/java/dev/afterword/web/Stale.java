package dev.afterword.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** A form came without the token of its session, or with an old one. */
final class Stale extends ResponseStatusException {
    private static final long serialVersionUID = 1L;

    Stale() {
        super(HttpStatus.FORBIDDEN);
    }
}
