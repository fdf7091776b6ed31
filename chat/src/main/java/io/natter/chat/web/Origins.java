package io.natter.chat.web;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The addresses that are the chat's own, as a browser's `Origin` names them, compared exactly. A
/// page of any other may neither connect nor change anything in a visitor's name.
///
/// A request without `Origin` is a browser's own only if `Sec-Fetch-Site` says so; one with neither
/// header is no browser of today, so no page can have made it, and it still needs the cookie.
final class Origins {
    private final Set<String> names;
    private final Set<String> added = new LinkedHashSet<>();

    /// Empty, so that nobody is let in, until [#bound].
    private volatile Set<String> allowed = Set.of();

    /// @param added addresses besides those that follow from the host and the port
    Origins(String host, List<String> added) {
        this.names = names(host);
        added.forEach(origin -> this.added.add(origin.toLowerCase(Locale.ROOT)));
    }

    /// The server listens on this port from now on.
    void bound(int port) {
        Set<String> all = new LinkedHashSet<>(added);
        for (String name : names) {
            all.add("http://" + name + (port == 80 ? "" : ":" + port));
        }
        allowed = Set.copyOf(all);
    }

    private static Set<String> names(String host) {
        Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "[::1]"));
        names.add(literal(host));
        try {
            if (InetAddress.getByName(host).isAnyLocalAddress()) {
                names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
                NetworkInterface.networkInterfaces()
                        .flatMap(each -> each.getInterfaceAddresses().stream())
                        .map(InterfaceAddress::getAddress)
                        .map(InetAddress::getHostAddress)
                        .map(Origins::literal)
                        .forEach(names::add);
            }
        } catch (UnknownHostException | SocketException _) {
            // Then only the names above are known; --origin adds what is missing.
        }
        return names;
    }

    private static String literal(String host) {
        String bare = host.replaceFirst("%.*", "").toLowerCase(Locale.ROOT);
        return bare.indexOf(':') >= 0 && !bare.startsWith("[") ? "[" + bare + "]" : bare;
    }

    /// Whether a request may come in.
    ///
    /// @param origin its `Origin`, null for none
    /// @param fetchSite its `Sec-Fetch-Site`, null for none
    boolean allow(@Nullable String origin, @Nullable String fetchSite) {
        if (origin != null) {
            return allowed.contains(origin);
        }
        return fetchSite == null || fetchSite.equals("same-origin") || fetchSite.equals("none");
    }

    /// Whether browsers reach the chat over TLS under this `Host`: a proxy speaks it for us, and
    /// only `--origin https://…` can tell.
    boolean secure(@Nullable String host) {
        return host != null && allowed.contains("https://" + host.toLowerCase(Locale.ROOT));
    }
}
