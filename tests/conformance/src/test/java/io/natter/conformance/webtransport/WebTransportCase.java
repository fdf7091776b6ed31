package io.natter.conformance.webtransport;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.natter.browser.Chromium;
import io.natter.conformance.TestCertificate;
import io.natter.engine.TransportName;
import io.natter.host.HttpResponse;
import io.natter.netty.NettyHost;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import io.natter.webtransport.WebTransportHost;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/// A server with TLS on a TCP and a UDP port of the same number, and a page of it in Chromium.
abstract class WebTransportCase {
    private static final int ATTEMPTS = 20;

    private static final String PAGE =
            """
            <!doctype html>
            <title>WebTransport</title>
            <script src="/socket.io/socket.io.js"></script>
            """;

    /// The functions of the page that the tests call.
    private static final String HELPERS =
            """
            ([hash, port]) => {
              const value = Uint8Array.from(atob(hash), (c) => c.charCodeAt(0));
              window.trust = { serverCertificateHashes: [{ algorithm: 'sha-256', value }] };
              window.server = `https://127.0.0.1:${port}`;
              window.join = (options = {}) => new Promise((resolve, reject) => {
                window.socket = io(server, {
                  forceNew: true, reconnection: false,
                  transportOptions: { webtransport: trust }, ...options,
                });
                socket.on('connect', () => resolve(socket.id));
                socket.on('connect_error', (e) => reject(e));
              });
              window.onTransport = (name) => new Promise((resolve) => {
                const engine = socket.io.engine;
                const look = () => engine.transport.name === name && resolve(name);
                engine.on('upgrade', look);
                look();
              });
              // A session of WebTransport without Engine.IO's client.
              window.raw = async (path = '/socket.io/') => {
                const session = new WebTransport(server + path, trust);
                await session.ready;
                const stream = await session.createBidirectionalStream();
                const writer = stream.writable.getWriter();
                const text = (s) => writer.write(Uint8Array.of(s.length, ...new TextEncoder().encode(s)));
                const closed = session.closed.then(
                    (info) => `${info.closeCode} ${info.reason}`, (e) => `failed: ${e.message}`);
                return { session, stream, writer, text, closed };
              };
            }
            """;

    static Chromium chromium;
    static TestCertificate certificate;

    SocketIoServer io; // all of these are set by serve()
    NettyHost host;
    WebTransportHost webTransport;
    private BrowserContext window;

    @BeforeAll
    static void startBrowser() throws Exception {
        certificate = TestCertificate.make();
        chromium = Chromium.startWithQuic();
    }

    @AfterAll
    static void stopBrowser() {
        chromium.close();
    }

    /// Options with all transports.
    static SocketIoOptions.Builder options() {
        return SocketIoOptions.builder()
                .transports(
                        TransportName.POLLING, TransportName.WEBSOCKET, TransportName.WEBTRANSPORT);
    }

    /// Starts both hosts.
    void serve(SocketIoOptions options) {
        io = SocketIoServer.create(options);
        for (int i = 0; webTransport == null; i++) {
            host = listen(io);
            try {
                webTransport =
                        WebTransportHost.builder()
                                .endpoint(io)
                                .host("127.0.0.1")
                                .port(host.address().getPort())
                                .tls(certificate.chain(), certificate.key())
                                .listen();
            } catch (UncheckedIOException e) {
                // The UDP port of the same number is taken.
                if (i == ATTEMPTS) {
                    throw e;
                }
                host.close();
                io = SocketIoServer.create(options);
            }
        }
    }

    static NettyHost listen(SocketIoServer io) {
        var html =
                new HttpResponse(
                        200,
                        Map.of("Content-Type", List.of("text/html; charset=utf-8")),
                        PAGE.getBytes(StandardCharsets.UTF_8));
        return NettyHost.builder()
                .endpoint(io)
                .host("127.0.0.1")
                .tls(certificate.chain(), certificate.key())
                .fallback(exchange -> exchange.respond(html))
                .listen();
    }

    /// A page of the server.
    Page page() throws Exception {
        return page(host);
    }

    /// A page of `origin` that talks to the server.
    Page page(NettyHost origin) throws Exception {
        if (window == null) {
            window = chromium.trustingWindow();
        }
        var page = window.newPage();
        page.navigate("https://127.0.0.1:" + origin.address().getPort() + "/");
        page.evaluate(HELPERS, List.of(certificate.hash(), host.address().getPort()));
        return page;
    }

    @AfterEach
    void close() {
        if (window != null) {
            window.close();
        }
        if (webTransport != null) {
            webTransport.close();
        }
        host.close();
    }
}
