package io.natter.conformance;

import io.netty.pkitesting.CertificateBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// A self-signed certificate for `localhost`, made anew each time.
///
/// @param chain the certificate in PEM
/// @param key its private key in PEM; both files go when the program ends
public record TestCertificate(Path chain, Path key) {

    /// Browsers take the hash of a certificate in place of trust for two weeks at most.
    private static final Duration VALIDITY = Duration.ofDays(10);

    /// Makes one.
    public static TestCertificate make() throws Exception {
        var now = Instant.now();
        var bundle =
                new CertificateBuilder()
                        .subject("CN=localhost")
                        .addSanDnsName("localhost")
                        .addSanIpAddress("127.0.0.1")
                        .setIsCertificateAuthority(true)
                        .notBefore(now.minus(Duration.ofHours(1)))
                        .notAfter(now.plus(VALIDITY))
                        .buildSelfSigned();
        return new TestCertificate(
                bundle.toTempCertChainPem().toPath(), bundle.toTempPrivateKeyPem().toPath());
    }

    /// The SHA-256 of the certificate, in base64.
    public String hash() throws GeneralSecurityException, IOException {
        try (var in = Files.newInputStream(chain)) {
            var certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
            var hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return Base64.getEncoder().encodeToString(hash);
        }
    }

    /// Trusts this certificate and no other.
    X509TrustManager trust() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(chain)) {
            var certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
            store.setCertificateEntry("server", certificate);
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        return (X509TrustManager) managers.getTrustManagers()[0];
    }
}
