package io.natter.conformance.container;

import jakarta.servlet.DispatcherType;
import java.security.KeyStore;
import java.util.EnumSet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/// An embedded Jetty 12.1.
public final class JettyContainer implements Container {
    private static final int MAX_HEADER_BYTES = 65_536;

    private final Server server;
    private final ServerConnector connector;

    /// Starts a Jetty.
    public JettyContainer(Setup setup) {
        var threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        server = new Server(threads);
        var http = new HttpConfiguration();
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setSendServerVersion(false);
        connector = connector(server, http, setup.keys());
        connector.setHost(setup.host());
        connector.setPort(setup.port());
        server.addConnector(connector);
        server.setHandler(context(setup));
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ServerConnector connector(
            Server server, HttpConfiguration http, @Nullable KeyStore keys) {
        if (keys == null) {
            return new ServerConnector(server, new HttpConnectionFactory(http));
        }
        var tls = new SslContextFactory.Server();
        tls.setKeyStore(keys);
        tls.setKeyStorePassword(Setup.PASSWORD);
        var customizer = new SecureRequestCustomizer();
        customizer.setSniHostCheck(false); // the tests ask for an address
        http.addCustomizer(customizer);
        return new ServerConnector(
                server,
                new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString()),
                new HttpConnectionFactory(http));
    }

    private static ServletContextHandler context(Setup setup) {
        var context = new ServletContextHandler("/");
        if (setup.webSocket()) {
            JakartaWebSocketServletContainerInitializer.configure(context, null);
        }
        var servlet = new ServletHolder("natter", setup.servlet());
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/*");
        if (setup.filter() != null) {
            var filter = new FilterHolder(setup.filter());
            filter.setAsyncSupported(true);
            context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        }
        return context;
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
