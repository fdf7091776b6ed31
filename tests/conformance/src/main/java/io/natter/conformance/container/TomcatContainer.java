package io.natter.conformance.container;

import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.EnumSet;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.websocket.server.WsSci;

/// An embedded Tomcat 11.
public final class TomcatContainer implements Container {
    private static final int MAX_HEADER_BYTES = 65_536;

    private final Tomcat tomcat = new Tomcat();
    private final Path folder;

    /// Starts a Tomcat.
    public TomcatContainer(Setup setup) {
        try {
            folder = Files.createTempDirectory("natter-tomcat");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tomcat.setBaseDir(folder.toString());
        var connector = new Connector();
        connector.setPort(setup.port());
        connector.setProperty("address", setup.host());
        connector.setProperty("maxHttpRequestHeaderSize", Integer.toString(MAX_HEADER_BYTES));
        connector.setProperty("useVirtualThreads", "true");
        if (setup.keys() != null) {
            secure(connector, setup.keys());
        }
        tomcat.setConnector(connector);
        var context = tomcat.addContext("", folder.toString());
        if (setup.webSocket()) {
            context.addServletContainerInitializer(new WsSci(), null);
        }
        context.addServletContainerInitializer(
                (ignored, servlets) -> {
                    var servlet = servlets.addServlet("natter", setup.servlet());
                    servlet.setAsyncSupported(true);
                    servlet.addMapping("/*");
                    if (setup.filter() != null) {
                        var filter = servlets.addFilter("filter", setup.filter());
                        filter.setAsyncSupported(true);
                        filter.addMappingForUrlPatterns(
                                EnumSet.of(DispatcherType.REQUEST), false, "/*");
                    }
                },
                null);
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void secure(Connector connector, KeyStore keys) {
        connector.setSecure(true);
        connector.setScheme("https");
        connector.setProperty("SSLEnabled", "true");
        var config = new SSLHostConfig();
        var certificate =
                new SSLHostConfigCertificate(config, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystore(keys);
        certificate.setCertificateKeystorePassword(Setup.PASSWORD);
        config.addCertificate(certificate);
        connector.addSslHostConfig(config);
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
