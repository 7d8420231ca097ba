package dev.afterword.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The styles that every staff page needs: one file a component in the source, one request for a browser. No controller, so that they come without the database too. */
@Configuration(proxyBeanMethods = false)
class StaffStyles {
    /** In the order in which they build on one another. */
    private static final List<String> COMPONENTS = List.of(
            "tokens",
            "base",
            "frame",
            "button",
            "chip",
            "form",
            "flash",
            "figures",
            "table",
            "plate",
            "empty",
            "pager",
            "tabs",
            "settings");

    @Bean
    RouterFunction<ServerResponse> staffStyleSheet() {
        var styles = COMPONENTS.stream().map(StaffStyles::read).collect(Collectors.joining("\n"));
        return RouterFunctions.route()
                .GET(
                        "/css/staff.css",
                        request -> ServerResponse.ok()
                                .contentType(MediaType.parseMediaType("text/css;charset=UTF-8"))
                                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                                .bodyValue(styles))
                .build();
    }

    private static String read(String component) {
        try {
            return new ClassPathResource("static/css/" + component + ".css").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
