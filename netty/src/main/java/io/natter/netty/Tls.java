package io.natter.netty;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/// TLS from PEM files.
final class Tls {
    private Tls() {}

    static SslContext context(Path certificates, Path key) {
        for (var file : new Path[] {certificates, key}) {
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException("cannot read the PEM file " + file);
            }
        }
        try {
            return SslContextBuilder.forServer(certificates.toFile(), key.toFile())
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "no TLS with the certificate "
                            + certificates
                            + " and the key "
                            + key
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }
}
