package io.natter.chat.webhooks;

import io.natter.host.ForwardedClientAddress;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The addresses that outgoing webhooks may reach: those of the public internet over HTTPS, and the
/// networks that the operator allows, also over HTTP. Otherwise an owner of the chat could send
/// requests into the network of its server.
public final class WebhookAddresses {
    private static final ForwardedClientAddress NOT_PUBLIC =
            ForwardedClientAddress.trusting(
                    List.of(
                            "0.0.0.0/8",
                            "10.0.0.0/8",
                            "100.64.0.0/10",
                            "127.0.0.0/8",
                            "169.254.0.0/16",
                            "172.16.0.0/12",
                            "192.0.0.0/24",
                            "192.0.2.0/24",
                            "192.88.99.0/24",
                            "192.168.0.0/16",
                            "198.18.0.0/15",
                            "198.51.100.0/24",
                            "203.0.113.0/24",
                            "224.0.0.0/3"));

    /// Global unicast addresses of IPv6 are public, but for those that stand for others.
    private static final ForwardedClientAddress GLOBAL =
            ForwardedClientAddress.trusting("2000::/3");

    private static final ForwardedClientAddress NOT_GLOBAL =
            ForwardedClientAddress.trusting("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private final ForwardedClientAddress allowed;

    /// @param networks allowed besides the public internet: addresses, networks, or `loopback`
    /// @throws IllegalArgumentException if one is none of these
    public WebhookAddresses(List<String> networks) {
        allowed = ForwardedClientAddress.trusting(networks);
    }

    /// Whether a connection to an address may be opened.
    public boolean allow(InetAddress address, boolean tls) {
        return allowed.isTrusted(address) || (tls && isPublic(address));
    }

    private static boolean isPublic(InetAddress address) {
        return address instanceof Inet4Address
                ? !NOT_PUBLIC.isTrusted(address)
                : GLOBAL.isTrusted(address) && !NOT_GLOBAL.isTrusted(address);
    }

    /// The reason why a URL cannot be that of a webhook; empty for one that can. Names are resolved
    /// at each delivery only, and checked again then.
    public Optional<String> fault(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException _) {
            return Optional.of("This is no address. Use one such as https://example.com/hook.");
        }
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        if ((!tls && !"http".equalsIgnoreCase(uri.getScheme()))
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawFragment() != null) {
            return Optional.of("Use an address such as https://example.com/hook.");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        byte[] literal =
                NetUtil.createByteArrayFromIpAddressString(host.replaceAll("[\\[\\]]", ""));
        boolean refused =
                literal == null
                        ? host.equals("localhost") && !allow(InetAddress.getLoopbackAddress(), tls)
                        : !allow(address(literal), tls);
        if (refused) {
            return Optional.of(
                    "The chat sends nothing to this address. Its operator can allow the network with"
                            + " --webhook-networks.");
        }
        return Optional.empty();
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }
}
