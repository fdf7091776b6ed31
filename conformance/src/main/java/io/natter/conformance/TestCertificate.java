package io.natter.conformance;

import io.netty.pkitesting.CertificateBuilder;
import java.nio.file.Path;

/// A certificate for `localhost` that nobody else has signed, made anew each time.
///
/// @param chain the certificate in PEM
/// @param key its private key in PEM; both files go when the program ends
public record TestCertificate(Path chain, Path key) {

    /// Makes one.
    public static TestCertificate make() throws Exception {
        var bundle =
                new CertificateBuilder()
                        .subject("CN=localhost")
                        .addSanDnsName("localhost")
                        .addSanIpAddress("127.0.0.1")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        return new TestCertificate(
                bundle.toTempCertChainPem().toPath(), bundle.toTempPrivateKeyPem().toPath());
    }
}
