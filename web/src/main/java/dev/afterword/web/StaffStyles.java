package dev.afterword.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The styles that every staff page needs: one file a component in the source, one request for a browser. */
@RestController
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

    private final String styles = COMPONENTS.stream().map(StaffStyles::read).collect(Collectors.joining("\n"));

    @GetMapping("/css/staff.css")
    ResponseEntity<String> styles() {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/css;charset=UTF-8"))
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                .body(styles);
    }

    private static String read(String component) {
        try {
            return new ClassPathResource("static/css/" + component + ".css").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
