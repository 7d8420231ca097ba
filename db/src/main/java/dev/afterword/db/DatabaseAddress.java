package dev.afterword.db;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;

/**
 * Where the database is and how to sign in: one address for R2DBC, and for JDBC, which only Flyway uses.
 *
 * @param parameters the query of the URL, as {@code sslmode=require}; null without one
 */
public record DatabaseAddress(
        String host,
        int port,
        String database,
        String user,
        @Nullable String secret,
        @Nullable String parameters) implements R2dbcConnectionDetails, JdbcConnectionDetails, FlywayConnectionDetails {

    /** Reads {@code postgresql://user:password@host:port/database?sslmode=…}, user and password percent-encoded where needed (libpq's connection URI). */
    public static DatabaseAddress parse(String url) {
        try {
            var uri = new URI(url.trim());
            var scheme = uri.getScheme();
            if (!"postgresql".equals(scheme) && !"postgres".equals(scheme)) {
                throw new IllegalArgumentException("it must begin with postgresql://");
            }
            if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
                throw new IllegalArgumentException("host or database name is missing");
            }
            if (uri.getRawUserInfo() == null) {
                throw new IllegalArgumentException("user name is missing");
            }
            var user = uri.getRawUserInfo().split(":", 2);
            return new DatabaseAddress(
                    uri.getHost().replaceAll("^\\[|]$", ""),
                    uri.getPort() < 0 ? 5432 : uri.getPort(),
                    uri.getPath().substring(1),
                    decode(user[0]),
                    user.length > 1 ? decode(user[1]) : null,
                    uri.getRawQuery());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it is not a URL (" + e.getReason() + ")", e);
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public ConnectionFactoryOptions getConnectionFactoryOptions() {
        var options = ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                .option(ConnectionFactoryOptions.HOST, host)
                .option(ConnectionFactoryOptions.PORT, port)
                .option(ConnectionFactoryOptions.DATABASE, database)
                .option(ConnectionFactoryOptions.USER, user);
        if (secret != null) {
            options.option(ConnectionFactoryOptions.PASSWORD, secret);
        }
        for (var parameter : parameterList()) {
            var pair = parameter.split("=", 2);
            options.option(
                    Option.valueOf("sslmode".equals(pair[0]) ? "sslMode" : pair[0]),
                    pair.length > 1 ? decode(pair[1]) : "");
        }
        return options.build();
    }

    private List<String> parameterList() {
        return parameters == null || parameters.isBlank() ? new ArrayList<>() : List.of(parameters.split("&"));
    }

    @Override
    public String getJdbcUrl() {
        return "jdbc:postgresql://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/" + database
                + (parameters == null ? "" : "?" + parameters);
    }

    @Override
    public String getUsername() {
        return user;
    }

    @Override
    public @Nullable String getPassword() {
        return secret;
    }

    @Override
    public String getDriverClassName() {
        return "org.postgresql.Driver";
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
    }
}
