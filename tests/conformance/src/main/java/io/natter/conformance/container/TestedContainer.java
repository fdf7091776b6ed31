package io.natter.conformance.container;

import io.natter.conformance.TestCertificate;
import io.natter.conformance.TestedHost;
import io.natter.host.Endpoint;
import io.natter.servlet.NatterServlet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.function.Function;

/// A servlet container for the suites.
public abstract class TestedContainer implements TestedHost {
    private final String name;
    private final Function<Container.Setup, Container> start;

    TestedContainer(String name, Function<Container.Setup, Container> start) {
        this.name = name;
        this.start = start;
    }

    @Override
    public final String name() {
        return name;
    }

    /// Starts the container with a setup of the test's own.
    public final Container start(Container.Setup setup) {
        return start.apply(setup);
    }

    @Override
    public final RunningHost start(Endpoint endpoint, Settings settings) throws Exception {
        var certificate = settings.certificate();
        var address = settings.address() == null ? "0.0.0.0" : settings.address();
        var container =
                start(
                        new Container.Setup(
                                address,
                                settings.port(),
                                new NatterServlet(endpoint),
                                null,
                                true,
                                certificate == null ? null : keys(certificate)));
        return new Running(container, address);
    }

    private static KeyStore keys(TestCertificate certificate)
            throws GeneralSecurityException, IOException {
        Certificate[] chain;
        try (var in = Files.newInputStream(certificate.chain())) {
            chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(in)
                            .toArray(new Certificate[0]);
        }
        var pem = Files.readString(certificate.key()).replaceAll("-----[^-]+-----|\\s", "");
        var key =
                KeyFactory.getInstance(chain[0].getPublicKey().getAlgorithm())
                        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        var keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("server", key, Container.Setup.PASSWORD.toCharArray(), chain);
        return keys;
    }

    private record Running(Container container, String host) implements RunningHost {
        @Override
        public InetSocketAddress address() {
            return new InetSocketAddress(host, container.port());
        }

        @Override
        public void close() {
            container.close();
        }
    }
}
