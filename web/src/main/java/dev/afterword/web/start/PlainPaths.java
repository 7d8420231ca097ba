package dev.afterword.web.start;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;

/**
 * Writes the paths of requests as RFC 3986 §6.2.2.2 has them, before anything reads them: letters, digits, hyphens, underscores and tildes as they are. So who
 * decides whether somebody may open a place and who finds the place read the same text. An encoded dot stays, and is refused with whatever else is no path of ours.
 */
// The last is the outermost: what a body may bring is told by its path too.
@Order(2)
class PlainPaths implements HttpHandlerDecoratorFactory {
    private static final Pattern NEEDLESS =
            Pattern.compile("%(?:2[dD]|3[0-9]|4[1-9a-fA-F]|5[0-9aAfF]|6[1-9a-fA-F]|7[0-9aAeE])");

    @Override
    public HttpHandler apply(HttpHandler handler) {
        return (request, response) -> {
            var path = request.getURI().getRawPath();
            return NEEDLESS.matcher(path).find()
                    ? handler.handle(request.mutate().path(plain(path)).build(), response)
                    : handler.handle(request, response);
        };
    }

    private static String plain(String path) {
        return NEEDLESS.matcher(path).replaceAll(found -> URLDecoder.decode(found.group(), StandardCharsets.UTF_8));
    }
}
