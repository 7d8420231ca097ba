package dev.afterword.web.workspace.provider;

import dev.afterword.db.CheckedAddresses.NotPublic;
import dev.afterword.db.Problem;
import dev.afterword.db.Rejected;
import dev.afterword.db.Unavailable;
import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/** Says in our words what went wrong with a provider. */
final class Trouble {
    private Trouble() {}

    /** Problems of ours stay what they are. */
    static Problem of(Throwable error) {
        for (var cause : causes(error)) {
            if (cause instanceof Problem problem) {
                return problem;
            }
            if (cause instanceof NotPublic) {
                return new Rejected("provider.url-private", null);
            }
            if (away(cause)) {
                return new Unavailable("provider.unreachable", error);
            }
        }
        return named(code(error), error);
    }

    /** What came back instead of a code. */
    static Problem returned(String code) {
        return named(code, null);
    }

    private static Problem named(String code, @Nullable Throwable error) {
        return switch (code) {
            case "access_denied", "login_required", "interaction_required", "consent_required" ->
                new Rejected("provider.refused", null);
            case "invalid_client", "unauthorized_client" -> new Rejected("provider.client-wrong", null);
            case "invalid_grant" -> new Rejected("provider.over", null);
            case "invalid_id_token", "invalid_nonce", "invalid_state_parameter", "invalid_user_info_response" ->
                new Rejected("provider.answer-wrong", null);
            case "temporarily_unavailable", "server_error" -> new Unavailable("provider.unreachable", error);
            default -> new Rejected("provider.failed", null);
        };
    }

    /** Whether it was our own database, and no provider. */
    static boolean databaseAway(Throwable error) {
        for (var cause : causes(error)) {
            if (cause instanceof R2dbcException
                    || cause instanceof DataAccessException
                    || cause instanceof CannotCreateTransactionException) {
                return true;
            }
        }
        return false;
    }

    /** What the standard calls it, for the log: it names nobody. */
    static String code(Throwable error) {
        return switch (error) {
            case OAuth2AuthenticationException refused -> refused.getError().getErrorCode();
            case OAuth2AuthorizationException refused -> refused.getError().getErrorCode();
            default -> error.getClass().getSimpleName();
        };
    }

    private static boolean away(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof TimeoutException
                || (cause instanceof WebClientResponseException answer
                        && answer.getStatusCode().is5xxServerError());
    }

    private static Iterable<Throwable> causes(Throwable error) {
        return () -> Stream.iterate(error, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .iterator();
    }
}
