package io.natter.host;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The client's address behind reverse proxies, from `X-Forwarded-For` or, where there is none,
/// `Forwarded` (RFC 7239). Each proxy appends the address of its caller, so the list is read from
/// its end. The last address that is not a trusted proxy's is the client's. All addresses before it
/// may be forged. A peer that is no trusted proxy is the client, whatever its headers say.
///
/// ```java
/// var clients = ForwardedClientAddress.trusting("loopback", "10.0.0.0/8");
/// EngineOptions.builder().maxConnectionsPerAddress(64).clientAddress(clients)
/// ```
///
/// A proxy that writes only `Forwarded` must drop the `X-Forwarded-For` of its callers, because any
/// client may send one. IPv6 clients are counted by their /64 network, see [#network], because a
/// single customer usually has a whole one. Immutable; any thread.
public final class ForwardedClientAddress implements ClientAddress {
    // The JDK parses a text of these forms and asks no name server for it.
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 =
            Pattern.compile("(?=[^:]*:)[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44}");

    private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1");

    private final List<Range> trusted;

    private ForwardedClientAddress(List<Range> trusted) {
        this.trusted = trusted;
    }

    /// Believes these proxies, and only these.
    ///
    /// @param proxies addresses (`192.0.2.7`), networks (`10.0.0.0/8`, `fd00::/8`), or `loopback`
    /// @throws IllegalArgumentException if one is none of these; names are not looked up
    public static ForwardedClientAddress trusting(String... proxies) {
        return trusting(Arrays.asList(proxies));
    }

    /// As [#trusting(String...)].
    public static ForwardedClientAddress trusting(List<String> proxies) {
        List<Range> ranges = new ArrayList<>();
        for (String proxy : proxies) {
            if (proxy.equals("loopback")) {
                LOOPBACK.forEach(each -> ranges.add(Range.parse(each)));
            } else {
                ranges.add(Range.parse(proxy));
            }
        }
        return new ForwardedClientAddress(List.copyOf(ranges));
    }

    /// The address to count a request under: [#client] by its [#network].
    @Override
    public @Nullable InetAddress of(HttpRequest request) {
        return network(
                client(
                        request.remoteAddress().getAddress(),
                        request.headers().getOrDefault("x-forwarded-for", List.of()),
                        request.headers().getOrDefault("forwarded", List.of())));
    }

    /// The client address of a request, for servers that read headers in another way.
    ///
    /// @param peer the address of the connection itself
    /// @param forwardedFor every `X-Forwarded-For` of the request, in their order
    /// @param forwarded every `Forwarded` of the request, in their order
    public InetAddress client(InetAddress peer, List<String> forwardedFor, List<String> forwarded) {
        if (!isTrusted(peer)) {
            return peer;
        }
        List<String> hops = forwardedFor.isEmpty() ? forNodes(forwarded) : listed(forwardedFor);
        InetAddress last = peer;
        for (String hop : hops.reversed()) {
            InetAddress address = node(hop);
            if (address == null) {
                return last; // hidden or garbage: nobody vouches for what stands before it
            }
            last = address;
            if (!isTrusted(address)) {
                return last;
            }
        }
        return last;
    }

    /// Whether this address is that of a trusted proxy.
    public boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    /// The address itself for IPv4, for IPv6 the first of its /64 network.
    public static InetAddress network(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return address;
        }
        Arrays.fill(bytes, 8, 16, (byte) 0);
        return ofBytes(bytes);
    }

    private static List<String> listed(List<String> headers) {
        List<String> all = new ArrayList<>();
        for (String header : headers) {
            Collections.addAll(all, header.split(",", -1));
        }
        return all;
    }

    /// The `for=` of each element; an empty text for an element that has none.
    private static List<String> forNodes(List<String> headers) {
        List<String> nodes = new ArrayList<>();
        for (String element : listed(headers)) {
            String node = "";
            for (String pair : element.split(";", -1)) {
                String stripped = pair.strip();
                if (stripped.toLowerCase(Locale.ROOT).startsWith("for=")) {
                    node = stripped.substring("for=".length());
                }
            }
            nodes.add(node);
        }
        return nodes;
    }

    /// `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]`, `"[2001:db8::1]:80"`; null for
    /// anything else.
    private static @Nullable InetAddress node(String text) {
        String node = text.strip();
        if (node.length() > 1 && node.startsWith("\"") && node.endsWith("\"")) {
            node = node.substring(1, node.length() - 1);
        }
        if (node.startsWith("[")) {
            int end = node.indexOf(']');
            return end < 0 ? null : literal(node.substring(1, end));
        }
        int colon = node.indexOf(':');
        boolean port = colon >= 0 && colon == node.lastIndexOf(':');
        return literal(port ? node.substring(0, colon) : node);
    }

    /// An address that is written as one; names are never looked up.
    private static @Nullable InetAddress literal(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException ignored) {
            return null;
        }
    }

    private static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }

    /// Addresses that share their first `bits`.
    private record Range(InetAddress first, int bits) {
        static Range parse(String text) {
            int slash = text.indexOf('/');
            InetAddress first = literal(slash < 0 ? text : text.substring(0, slash));
            int all = first == null ? 0 : first.getAddress().length * 8;
            int bits = slash < 0 ? all : bits(text.substring(slash + 1));
            if (first == null || bits < 0 || bits > all) {
                throw new IllegalArgumentException(
                        "a proxy is an address (192.0.2.7), a network (10.0.0.0/8) or the word"
                                + " loopback, not "
                                + text);
            }
            return new Range(first, bits);
        }

        private static int bits(String text) {
            return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
        }

        boolean contains(InetAddress address) {
            byte[] mine = first.getAddress();
            byte[] other = address.getAddress();
            if (mine.length != other.length) {
                return false;
            }
            int whole = bits / 8;
            int rest = bits % 8;
            return Arrays.equals(mine, 0, whole, other, 0, whole)
                    && (rest == 0 || ((mine[whole] ^ other[whole]) & 0xFF) >> (8 - rest) == 0);
        }
    }
}
