package io.natter.chat.access;

import io.natter.chat.log.SafeText;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The addresses that are the chat's own, as a browser's `Origin` names them, compared exactly. A
/// page of any other may neither connect nor change anything in a visitor's name.
///
/// A request without `Origin` is a browser's own only if `Sec-Fetch-Site` says so; one with neither
/// header is no browser of today, so no page can have made it, and it still needs the cookie.
public final class Origins {
    private static final Logger log = LoggerFactory.getLogger(Origins.class);

    /// Anybody can make origins up.
    private static final int MAX_TOLD = 50;

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Set<String> names;
    private final Set<String> added = new LinkedHashSet<>();

    private final String basePath;

    /// Empty until [#bound], so that no page is accepted.
    private volatile Set<String> allowed = Set.of();

    /// @param added addresses besides those that follow from the host and the port
    public Origins(String host, List<String> added) {
        this(host, added, "");
    }

    /// As [#Origins(String, List)], below a path of these addresses.
    ///
    /// @param basePath as in `/chat`; empty for `/`
    public Origins(String host, List<String> added, String basePath) {
        this.basePath = basePath;
        this.names = names(host);
        added.forEach(origin -> this.added.add(origin.toLowerCase(Locale.ROOT)));
    }

    /// The server listens on this port from now on.
    ///
    /// @param tls whether it speaks HTTPS there
    public void bound(int port, boolean tls) {
        Set<String> all = new LinkedHashSet<>(added);
        String scheme = tls ? "https://" : "http://";
        for (String name : names) {
            all.add(scheme + name + (port == (tls ? 443 : 80) ? "" : ":" + port));
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
    public boolean allow(@Nullable String origin, @Nullable String fetchSite) {
        if (origin != null) {
            boolean ours = allowed.contains(origin);
            if (!ours && origin.startsWith("http")) {
                tellOnce(origin);
            }
            return ours;
        }
        return fetchSite == null || fetchSite.equals("same-origin") || fetchSite.equals("none");
    }

    /// A visitor who is refused cannot change this; the administrator of the chat can.
    private void tellOnce(String origin) {
        String shown = SafeText.line(origin);
        if (told.size() < MAX_TOLD && told.add(shown)) {
            log.warn(
                    "A page of {} was refused. If that is an address of this chat, start it with"
                            + " --origin {}",
                    shown,
                    shown);
        }
    }

    /// The path below which browsers reach the chat; empty for `/`.
    public String basePath() {
        return basePath;
    }

    /// The requests that a cookie of a response is for.
    ///
    /// @param host of the request
    public SessionCookie.Scope cookies(@Nullable String host) {
        return new SessionCookie.Scope(secure(host), basePath);
    }

    /// Whether browsers reach the chat over TLS under this `Host`: the chat speaks it itself, or a
    /// proxy does, which only `--origin https://…` can tell.
    public boolean secure(@Nullable String host) {
        return host != null && allowed.contains("https://" + host.toLowerCase(Locale.ROOT));
    }
}
