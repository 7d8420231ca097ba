package dev.afterword.db;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import reactor.core.scheduler.Schedulers;

/**
 * Resolves the hosts of URLs that people typed, for whoever calls them: names, and addresses that are written as such, to addresses of the public internet, each
 * looked at and then connected to. Every address of a name must be public. It is asked again for each connection.
 */
public final class CheckedAddresses extends AddressResolverGroup<InetSocketAddress> {
    private final BiPredicate<String, Integer> allowed;
    private final Names names;

    /**
     * Asks the system's resolver.
     *
     * @param allowed hosts and ports that may be called wherever they are
     */
    public CheckedAddresses(BiPredicate<String, Integer> allowed) {
        this(allowed, host -> List.of(InetAddress.getAllByName(host)));
    }

    /** Asks another one. */
    public CheckedAddresses(BiPredicate<String, Integer> allowed, Names names) {
        this.allowed = allowed;
        this.names = names;
    }

    /** Looks a name up; it blocks. */
    @FunctionalInterface
    public interface Names {
        List<InetAddress> of(String host) throws UnknownHostException;
    }

    /** The address of that name is not public: nothing was sent. */
    public static final class NotPublic extends IOException {
        private static final long serialVersionUID = 1L;

        NotPublic(String host) {
            super(host + " is not on the public internet");
        }
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new AbstractAddressResolver<>(executor, InetSocketAddress.class) {
            // Never: what is an address already is looked at all the same.
            @Override
            protected boolean doIsResolved(InetSocketAddress address) {
                return false;
            }

            @Override
            protected void doResolve(InetSocketAddress asked, Promise<InetSocketAddress> promise) {
                find(asked, addresses -> promise.trySuccess(addresses.getFirst()), promise::tryFailure);
            }

            @Override
            protected void doResolveAll(InetSocketAddress asked, Promise<List<InetSocketAddress>> promise) {
                find(asked, promise::trySuccess, promise::tryFailure);
            }
        };
    }

    private void find(InetSocketAddress asked, Consumer<List<InetSocketAddress>> found, Consumer<Throwable> failed) {
        Schedulers.boundedElastic().schedule(() -> {
            try {
                found.accept(checked(asked));
            } catch (IOException | RuntimeException e) {
                failed.accept(e);
            }
        });
    }

    private List<InetSocketAddress> checked(InetSocketAddress asked) throws IOException {
        var host = asked.getHostString().toLowerCase(Locale.ROOT);
        var addresses = names.of(host);
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        if (!allowed.test(host, asked.getPort()) && !addresses.stream().allMatch(PublicAddresses::contain)) {
            throw new NotPublic(host);
        }
        return addresses.stream()
                .map(address -> new InetSocketAddress(address, asked.getPort()))
                .toList();
    }
}
