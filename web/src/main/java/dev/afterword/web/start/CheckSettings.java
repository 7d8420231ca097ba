package dev.afterword.web.start;

import dev.afterword.db.DatabaseAddress;
import dev.afterword.web.StartProblem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/** Before anything else begins in real use: is every setting there, and is the database one that we can work with? */
final class CheckSettings implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {
    private static final Set<String> ROLES = Set.of("api", "web", "worker");
    private static final int OLDEST_POSTGRES = 15;
    private static final int SECRET_BYTES = 32;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        var roles = roles(environment);
        listen(environment, roles);
        if (environment.getProperty("afterword.database.url") == null) {
            if (!roles.isEmpty()) {
                throw new StartProblem("roles-without-database");
            }
            var command = environment.getProperty("afterword.command");
            if (command != null) {
                throw new StartProblem("command-without-database", command);
            }
            return;
        }
        readSecrets(environment);
        checkUrl(environment);
        checkDatabase(address(environment));
    }

    private static Set<String> roles(ConfigurableEnvironment environment) {
        var roles = StringUtils.commaDelimitedListToSet(
                environment.getProperty("afterword.roles", "").replace(" ", ""));
        for (var role : roles) {
            if (!ROLES.contains(role)) {
                throw new StartProblem("role-unknown", role);
            }
        }
        return roles;
    }

    /** Reads the secrets from their files, where files are named, and refuses what is too short to be one. */
    private static void readSecrets(ConfigurableEnvironment environment) {
        var fromFiles = new HashMap<String, Object>();
        for (var name : new String[] {"afterword.secret", "afterword.secret-previous"}) {
            var file = environment.getProperty(name + "-file");
            if (file != null) {
                fromFiles.put(name, read(name, file));
            }
            var secret = fromFiles.getOrDefault(name, environment.getProperty(name, ""));
            var length = secret.toString().getBytes(StandardCharsets.UTF_8).length;
            if (length == 0 && "afterword.secret".equals(name)) {
                throw new StartProblem("secret-missing");
            }
            if (length > 0 && length < SECRET_BYTES) {
                throw new StartProblem("secret-short", name, length);
            }
        }
        environment.getPropertySources().addFirst(new MapPropertySource("afterword secrets", fromFiles));
    }

    private static String read(String name, String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new StartProblem("secret-unreadable", e, name + "-file", file);
        }
    }

    private static void checkUrl(ConfigurableEnvironment environment) {
        var url = environment.getProperty("afterword.url", "");
        if (url.isBlank()) {
            throw new StartProblem("url-missing");
        }
        try {
            var uri = URI.create(url);
            if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
                throw new StartProblem("url-not-https", url);
            }
            if (uri.getUserInfo() != null || !beginsAtItsHost(uri)) {
                throw new StartProblem("url-more-than-host", url);
            }
        } catch (IllegalArgumentException e) {
            throw new StartProblem("url-not-https", e, url);
        }
    }

    /** Pages name one another from the root of the host; under a path of it none of their links would hold. */
    private static boolean beginsAtItsHost(URI uri) {
        return (uri.getRawPath().isEmpty() || "/".equals(uri.getRawPath()))
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
    }

    private static DatabaseAddress address(ConfigurableEnvironment environment) {
        try {
            return DatabaseAddress.parse(environment.getProperty("afterword.database.url", ""));
        } catch (IllegalArgumentException e) {
            throw new StartProblem("database-url", e, String.valueOf(e.getMessage()));
        }
    }

    private static void checkDatabase(DatabaseAddress address) {
        var properties = new Properties();
        properties.setProperty("user", address.getUsername());
        if (address.getPassword() != null) {
            properties.setProperty("password", address.getPassword());
        }
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "10");
        try (var connection = DriverManager.getConnection(address.getJdbcUrl(), properties)) {
            var version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_POSTGRES) {
                throw new StartProblem("database-too-old", Integer.toString(version));
            }
        } catch (SQLException e) {
            throw problem(address, e);
        }
    }

    /** What a failed connection means, by its SQLSTATE (PostgreSQL, appendix A). */
    static StartProblem problem(DatabaseAddress address, SQLException e) {
        var where = address.host() + ":" + address.port();
        var state = String.valueOf(e.getSQLState());
        return switch (state) {
            case "28P01", "28000" -> new StartProblem("database-password", e, address.user(), where);
            case "3D000" -> new StartProblem("database-missing", e, address.database(), where);
            case "08001", "08004", "08006" ->
                new StartProblem("database-unreachable", e, where, String.valueOf(e.getMessage()));
            default -> new StartProblem("database-refused", e, where, String.valueOf(e.getMessage()));
        };
    }

    /** Management has a port of its own. A process without pages and API opens no other: its only listener is the one for those who watch it. */
    private static void listen(ConfigurableEnvironment environment, Set<String> roles) {
        var onlyWorks = !roles.isEmpty() && !roles.contains("web") && !roles.contains("api");
        Map<String, Object> properties = onlyWorks
                ? Map.of(
                        "server.port", "${afterword.management.port}",
                        "server.address", "${afterword.management.address}",
                        "spring.web.resources.add-mappings", "false",
                        "springdoc.api-docs.enabled", "false",
                        "springdoc.swagger-ui.enabled", "false")
                : Map.of("management.server.address", "${afterword.management.address}");
        environment.getPropertySources().addFirst(new MapPropertySource("afterword listeners", properties));
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE - 10;
    }
}
