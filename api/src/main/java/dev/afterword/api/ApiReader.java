package dev.afterword.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The reader of the API's description at {@code /api/docs}: Swagger UI from this server alone, with no script in the page. */
@Configuration(proxyBeanMethods = false)
class ApiReader {
    private static final String WEBJAR = "classpath*:/META-INF/resources/webjars/swagger-ui/*/";
    private static final Set<String> FILES = Set.of("swagger-ui.css", "swagger-ui-bundle.js");
    private static final Map<String, MediaType> OURS = Map.of(
            "reader.html", MediaType.TEXT_HTML,
            "reader.js", MediaType.valueOf("text/javascript"),
            "reader.css", MediaType.valueOf("text/css"));

    @Bean
    RouterFunction<ServerResponse> apiReaderRoutes() {
        var routes = RouterFunctions.route()
                .GET(
                        "/api/docs",
                        request -> ServerResponse.ok()
                                .contentType(MediaType.TEXT_HTML)
                                .bodyValue(ours("reader.html")));
        OURS.forEach((file, type) -> routes.GET(
                "/api/docs/" + file,
                request -> ServerResponse.ok().contentType(type).bodyValue(ours(file))));
        FILES.forEach(file -> routes.GET(
                "/api/docs/" + file,
                request -> ServerResponse.ok()
                        .contentType(MediaType.valueOf(file.endsWith(".css") ? "text/css" : "text/javascript"))
                        .bodyValue(theirs(file))));
        return routes.build();
    }

    private static Resource ours(String file) {
        return new ClassPathResource("dev/afterword/api/docs/" + file);
    }

    private static Resource theirs(String file) {
        try {
            return new PathMatchingResourcePatternResolver().getResources(WEBJAR + file)[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
