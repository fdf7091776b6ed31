package io.natter.host.inprocess;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.Attributes;
import io.natter.host.Endpoint;
import io.natter.host.HttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Carries an [Endpoint] in this process. Requests come by method calls, on one [ManualStrand],
/// which runs after every call until it has no task left. One thread.
///
/// Requests go to `http://localhost` from 127.0.0.1, unless a header or [#from] says otherwise.
public final class InProcessHost {
    private final Endpoint endpoint;
    private final ManualStrand strand;
    private final InetSocketAddress remote;
    private final @Nullable Principal principal;

    /// Carries `endpoint` on a strand of its own.
    public InProcessHost(Endpoint endpoint) {
        this(endpoint, new ManualStrand());
    }

    /// Carries `endpoint` on `strand`.
    public InProcessHost(Endpoint endpoint, ManualStrand strand) {
        this(endpoint, strand, address("127.0.0.1"), null);
    }

    private InProcessHost(
            Endpoint endpoint,
            ManualStrand strand,
            InetSocketAddress remote,
            @Nullable Principal principal) {
        this.endpoint = endpoint;
        this.strand = strand;
        this.remote = remote;
        this.principal = principal;
    }

    /// The same host and strand for a client at another IP address.
    public InProcessHost from(String address) {
        return new InProcessHost(endpoint, strand, address(address), principal);
    }

    /// The same host and strand for a client whose user is known, as in a host with filters in
    /// front of the endpoint.
    public InProcessHost as(@Nullable Principal user) {
        return new InProcessHost(endpoint, strand, remote, user);
    }

    /// The same host and strand for another connection of a client at an IP address.
    ///
    /// @param port the client's
    public InProcessHost from(String address, int port) {
        var ip = address(address).getAddress();
        return new InProcessHost(endpoint, strand, new InetSocketAddress(ip, port), principal);
    }

    /// The same endpoint on another strand, as a host with several threads has it.
    public InProcessHost on(ManualStrand other) {
        strand.join(other);
        return new InProcessHost(endpoint, other, remote, principal);
    }

    /// The strand of every connection.
    public ManualStrand strand() {
        return strand;
    }

    /// A `GET` of path and query.
    public InProcessRequest get(String target) {
        return request("GET", target, Map.of(), new byte[0]);
    }

    /// A `POST` of text.
    public InProcessRequest post(String target, String body) {
        var type = Map.of("content-type", "text/plain;charset=UTF-8");
        return request("POST", target, type, body.getBytes(UTF_8));
    }

    /// Any request; `body` null is one that comes later, by [InProcessRequest#body].
    public InProcessRequest request(
            String method, String target, Map<String, String> headers, byte @Nullable [] body) {
        var request = new InProcessRequest(strand, head(method, target, headers), body);
        strand.execute(() -> endpoint.http(request.exchange()));
        strand.run();
        return request;
    }

    /// A WebSocket to path and query.
    public InProcessWebSocket webSocket(String target) {
        return webSocket(target, Map.of());
    }

    /// A WebSocket with more request headers.
    public InProcessWebSocket webSocket(String target, Map<String, String> headers) {
        var all = new LinkedHashMap<>(headers);
        all.putIfAbsent("upgrade", "websocket");
        all.putIfAbsent("connection", "Upgrade");
        var socket = new InProcessWebSocket(strand, head("GET", target, all));
        strand.execute(() -> endpoint.upgrade(socket.exchange()));
        strand.run();
        return socket;
    }

    private HttpRequest head(String method, String target, Map<String, String> headers) {
        int mark = target.indexOf('?');
        var map = new LinkedHashMap<String, List<String>>();
        map.put("host", List.of("localhost"));
        headers.forEach((k, v) -> map.put(k.toLowerCase(Locale.ROOT), List.of(v)));
        var head =
                new HttpRequest(
                        method,
                        mark < 0 ? target : target.substring(0, mark),
                        mark < 0 ? "" : target.substring(mark + 1),
                        map,
                        remote,
                        false);
        head.attributes().set(Attributes.PRINCIPAL, principal);
        return head;
    }

    private static InetSocketAddress address(String ip) {
        try {
            return new InetSocketAddress(InetAddress.getByName(ip), 49152);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(ip, e);
        }
    }
}
