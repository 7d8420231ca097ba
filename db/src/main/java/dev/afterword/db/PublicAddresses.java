package dev.afterword.db;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells addresses of the public internet from all others. Whoever connects to where a person says asks here first, about every address that the name resolves to,
 * and then connects to exactly that address; otherwise anybody with an account could look into the operator's own network.
 */
public final class PublicAddresses {
    /** What IANA's special-purpose registry does not call globally reachable, multicast, and where clouds answer with what they know of a machine. */
    private static final List<Block> NOT_PUBLIC_4 = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "168.63.129.16/32",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4")
            .map(Block::of)
            .toList();

    private static final Block GLOBAL_6 = Block.of("2000::/3");
    /** Within the global part: protocol assignments with Teredo and ORCHID, documentation, and 6to4, which hides an IPv4 address. */
    private static final List<Block> NOT_PUBLIC_6 = Stream.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
            .map(Block::of)
            .toList();

    /** An IPv4 address in its last four bytes: mapped (RFC 4291), and translated by NAT64 (RFC 6052). */
    private static final List<Block> WITH_IPV4 =
            Stream.of("0:0:0:0:0:ffff:0:0/96", "64:ff9b::/96").map(Block::of).toList();

    private PublicAddresses() {}

    public static boolean contain(InetAddress address) {
        return contain(address.getAddress());
    }

    /** @param address 4 or 16 bytes, in network order */
    static boolean contain(byte[] address) {
        if (address.length == 4) {
            return NOT_PUBLIC_4.stream().noneMatch(block -> block.holds(address));
        }
        if (WITH_IPV4.stream().anyMatch(block -> block.holds(address))) {
            return contain(Arrays.copyOfRange(address, 12, 16));
        }
        return GLOBAL_6.holds(address) && NOT_PUBLIC_6.stream().noneMatch(block -> block.holds(address));
    }

    /** Addresses that begin with the same bits. */
    private static final class Block {
        private final byte[] first;
        private final int bits;

        private Block(byte[] first, int bits) {
            this.first = first;
            this.bits = bits;
        }

        static Block of(String text) {
            var slash = text.indexOf('/');
            return new Block(bytes(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
        }

        /** Not by InetAddress for mapped ones: it turns them into IPv4. */
        private static byte[] bytes(String text) {
            if (text.equals("0:0:0:0:0:ffff:0:0")) {
                var mapped = new byte[16];
                mapped[10] = (byte) 0xff;
                mapped[11] = (byte) 0xff;
                return mapped;
            }
            try {
                return InetAddress.getByName(text).getAddress();
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(text, e);
            }
        }

        boolean holds(byte[] address) {
            if (address.length != first.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (first[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
