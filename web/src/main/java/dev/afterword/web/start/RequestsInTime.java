package dev.afterword.web.start;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection on which no request has come whole: its line and headers must be there in time, counted from the connection's beginning or from the last
 * answer, however busily somebody sends one byte after another. While an answer is under way nothing is counted. Stands behind the codec.
 */
final class RequestsInTime extends ChannelDuplexHandler {
    private final Duration most;
    private int unanswered;
    private boolean informational;
    private @Nullable Future<?> end;

    RequestsInTime(Duration most) {
        this.most = most;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            expect(context);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        expect(context);
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stop();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            unanswered++;
            stop();
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            informational = response.status().code() < 200;
        }
        if (message instanceof LastHttpContent && !informational && unanswered > 0 && --unanswered == 0) {
            expect(context);
        }
        var _ = context.write(message, promise);
    }

    private void expect(ChannelHandlerContext context) {
        stop();
        end = context.executor()
                .schedule(
                        () -> {
                            var _ = context.close();
                        },
                        most.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void stop() {
        if (end != null) {
            end.cancel(false);
            end = null;
        }
    }
}
