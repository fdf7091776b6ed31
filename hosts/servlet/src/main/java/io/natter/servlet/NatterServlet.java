package io.natter.servlet;

import io.natter.host.CountedHostMetrics;
import io.natter.host.Endpoint;
import io.natter.host.HostMetrics;
import io.natter.host.HttpResponse;
import io.natter.host.Key;
import io.natter.host.MemoryBudget;
import io.natter.host.Strand;
import io.natter.host.strand.SerialStrands;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs endpoints, such as a `SocketIoServer`, inside a servlet container: Tomcat, Jetty, and all
/// that stand on them. Polling uses asynchronous servlets, WebSocket uses Jakarta WebSocket.
///
/// ```java
/// NatterServlet.register(servletContext, io, "/socket.io/*");
/// ```
///
/// Filters in front of the servlet run before the endpoint sees a request. They can refuse it, and
/// `request.getUserPrincipal()` is the principal of the handshake. Each of them must support
/// asynchronous requests.
///
/// The endpoint runs on threads of its own, one for each core; the container's threads only hand
/// requests over. One thread of the container waits while a WebSocket handshake is decided. It also
/// waits while a client is not read because its earlier messages wait. If the container offers
/// virtual threads, that costs nothing.
///
/// [#destroy] closes the endpoints, and so does the stop of an embedded Jetty. Each WebSocket gets
/// a close frame, with 1001 if the endpoint names no code.
public final class NatterServlet extends HttpServlet {
    @Serial private static final long serialVersionUID = 1L;

    /// The attribute of a request that holds the container's session, if there was one.
    public static final Key<HttpSession> SESSION = Key.of("servlet.session", HttpSession.class);

    private static final Logger log = LoggerFactory.getLogger(NatterServlet.class);
    private static final String CONTAINER = ServerContainer.class.getName();
    private static final long DECISION_SECONDS = 60;
    private static final Duration CLOSE_FRAMES = Duration.ofSeconds(1);
    private static final Duration LAST_TASKS = Duration.ofSeconds(2);

    private final transient List<Endpoint> endpoints;
    private final transient SerialStrands strands;
    private final transient CountedHostMetrics metrics = new CountedHostMetrics();
    private final transient MemoryBudget budget = MemoryBudget.shared();
    private final transient OpenSockets sockets = new OpenSockets();
    private final transient AtomicBoolean closed = new AtomicBoolean();
    private transient volatile Runnable forgetJetty = () -> {};

    /// A servlet that runs `endpoints`. Register it with asynchronous support.
    public NatterServlet(Endpoint... endpoints) {
        this.endpoints = List.of(endpoints);
        strands = SerialStrands.of(Runtime.getRuntime().availableProcessors());
    }

    /// Registers a servlet for `endpoint`. Call it while the context starts.
    ///
    /// @param mapping the path of the endpoint with `*` at its end: `/socket.io/*`
    /// @throws IllegalArgumentException if the mapping never reaches the endpoint
    /// @throws IllegalStateException if the context has started, or has a servlet `natter` already
    public static ServletRegistration.Dynamic register(
            ServletContext context, Endpoint endpoint, String mapping) {
        var path = mapping.endsWith("*") ? mapping.substring(0, mapping.length() - 1) : mapping;
        if (!path.equals("/") && !endpoint.matches(path) && !endpoint.matchesUpgrade(path)) {
            throw new IllegalArgumentException(
                    "The mapping "
                            + mapping
                            + " does not reach the endpoint, which serves "
                            + endpoint.served()
                            + ". Map that path, with * at its end.");
        }
        var registration = context.addServlet("natter", new NatterServlet(endpoint));
        if (registration == null) {
            throw new IllegalStateException(
                    "This context has a servlet named natter already. Register"
                            + " new NatterServlet(first, second) once, with a mapping for each.");
        }
        registration.setAsyncSupported(true);
        registration.addMapping(mapping);
        return registration;
    }

    /// The counters of this host. Connections, timeouts and memory errors are the container's,
    /// which does not tell; of bad requests only WebSocket handshakes count.
    public HostMetrics metrics() {
        return metrics;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        metrics.requests.increment();
        if (!request.isAsyncSupported() && request.getDispatcherType() == DispatcherType.REQUEST) {
            throw new ServletException(
                    "Natter needs asynchronous requests. Set async-supported to true for its servlet"
                            + " and for every filter in front of it.");
        }
        var path = ServletRequests.path(request);
        boolean isUpgrade = ServletRequests.isUpgrade(request);
        for (var endpoint : endpoints) {
            if (isUpgrade ? endpoint.matchesUpgrade(path) : endpoint.matches(path)) {
                if (isUpgrade) {
                    upgrade(endpoint, request, response);
                } else {
                    http(endpoint, request);
                }
                return;
            }
        }
        ServletHttpExchange.write(
                ServletHttpExchange.answer(404, "Not Found: there is nothing at " + path),
                response);
    }

    @Override
    public void init() {
        try {
            forgetJetty = JettyStop.listen(this::closeEndpoints);
        } catch (LinkageError e) {
            log.debug("no Jetty: the container calls destroy before it ends connections");
        }
    }

    private Strand strand(HttpServletRequest request) {
        // The requests of one connection come on one strand, in their order.
        int hash = request.getRemoteAddr().hashCode() * 31 + request.getRemotePort();
        return strands.all().get(Math.floorMod(hash, strands.all().size()));
    }

    private void http(Endpoint endpoint, HttpServletRequest request)
            throws ServletException, IOException {
        var strand = strand(request);
        var exchange =
                new ServletHttpExchange(request, ServletRequests.head(request), strand, metrics);
        strand.execute(
                () -> {
                    try {
                        endpoint.http(exchange);
                    } catch (Throwable t) {
                        log.error("An endpoint failed on a request", t);
                        exchange.respond(failed());
                    }
                });
    }

    private static HttpResponse failed() {
        return ServletHttpExchange.answer(
                500, "Internal Server Error: the server failed on this request");
    }

    private void upgrade(
            Endpoint endpoint, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        var refusal = ServletRequests.refusal(request);
        if (refusal != null) {
            metrics.badRequests.increment();
            ServletHttpExchange.write(refusal, response);
            return;
        }
        var container = container();
        var strand = strand(request);
        var exchange = new ServletUpgradeExchange(ServletRequests.head(request), strand);
        strand.execute(
                () -> {
                    try {
                        endpoint.upgrade(exchange);
                    } catch (Throwable t) {
                        log.error("An endpoint failed on a WebSocket handshake", t);
                        exchange.refuse(failed());
                    }
                });
        var decision = await(exchange);
        var accepted = decision.accepted();
        if (accepted == null) {
            response.setHeader("Connection", "close");
            ServletHttpExchange.write(
                    java.util.Objects.requireNonNull(decision.refusal()), response);
        } else {
            accept(accepted, container, request, response);
        }
    }

    private static ServletUpgradeExchange.Decision await(ServletUpgradeExchange exchange) {
        try {
            return exchange.decision().get(DECISION_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            exchange.refuse(
                    ServletHttpExchange.answer(
                            503, "Service Unavailable: the handshake took too long"));
            return exchange.decision().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.refuse(failed());
            return exchange.decision().join();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void accept(
            ServletUpgradeExchange.Accepted accepted,
            ServerContainer container,
            HttpServletRequest request,
            HttpServletResponse response)
            throws ServletException, IOException {
        var acceptance = accepted.acceptance();
        var socket = new ContainerWebSocket(accepted.home(), budget, metrics, sockets);
        var config =
                new UpgradeConfig(
                        acceptance,
                        new ContainerEndpoint(
                                socket, accepted.listener(), acceptance.maxMessageBytes()),
                        ServletRequests.path(request));
        try {
            container.upgradeHttpToWebSocket(request, response, config, Map.of());
        } catch (DeploymentException | IOException | RuntimeException e) {
            socket.neverOpened(accepted.listener());
            if (e instanceof IOException broken) {
                throw broken;
            }
            throw new ServletException("The container refused a WebSocket", e);
        }
    }

    private ServerContainer container() throws ServletException {
        if (getServletContext().getAttribute(CONTAINER) instanceof ServerContainer container) {
            return container;
        }
        throw new ServletException(
                "This servlet context has no WebSocket container. Tomcat: add"
                        + " tomcat-embed-websocket. Jetty: add jetty-eeNN-websocket-jakarta-server"
                        + " and call JakartaWebSocketServletContainerInitializer.configure.");
    }

    /// Closes the endpoints and waits until the clients have got their close frames.
    private void closeEndpoints() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        sockets.stop();
        for (var endpoint : endpoints) {
            try {
                endpoint.close();
            } catch (RuntimeException e) {
                log.error("An endpoint could not be closed", e);
            }
        }
        sockets.awaitEnd(CLOSE_FRAMES);
    }

    @Override
    public void destroy() {
        forgetJetty.run();
        closeEndpoints();
        strands.close();
        // Containers warn of threads that are left behind.
        var ignored = strands.awaitEnd(LAST_TASKS);
    }
}
