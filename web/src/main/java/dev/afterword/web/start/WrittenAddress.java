package dev.afterword.web.start;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Percent-encodes what may not stand in an address as it is (RFC 3986 §2.1), as browsers do with most of it: a brace, a lone percent sign, letters beyond ASCII.
 * Otherwise nothing but an empty 400 is said of it, before anything of ours is asked. Stands behind the codec.
 */
@Sharable
final class WrittenAddress extends ChannelInboundHandlerAdapter {
    private static final Pattern UNWRITTEN = Pattern.compile("[^\\x21-\\x7e]|[\"#<>\\\\^`{|}]|%(?![0-9a-fA-F]{2})");
    /** Allowed behind a question mark, and not before. */
    private static final Pattern UNWRITTEN_IN_PATH = Pattern.compile("[\\[\\]]|" + UNWRITTEN);

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && request.uri().startsWith("/")) {
            var address = request.uri();
            var written = written(address);
            if (!written.equals(address)) {
                request.setUri(written);
            }
        }
        context.fireChannelRead(message);
    }

    /** The codec reads one letter from each byte. */
    static String written(String address) {
        int query = address.indexOf('?');
        return query < 0
                ? written(UNWRITTEN_IN_PATH, address)
                : written(UNWRITTEN_IN_PATH, address.substring(0, query))
                        + written(UNWRITTEN, address.substring(query));
    }

    private static String written(Pattern unwritten, String part) {
        return unwritten
                .matcher(part)
                .replaceAll(found ->
                        String.format(Locale.ROOT, "%%%02X", found.group().charAt(0) & 0xff));
    }
}
