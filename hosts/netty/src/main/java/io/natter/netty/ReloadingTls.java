package io.natter.netty;

import io.natter.host.CertificateFiles;
import io.natter.host.Loggers;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/// A [Tls] in use, whose files are read again when they have changed. Any thread.
final class ReloadingTls {
    private static final Logger LOG = Loggers.of(ReloadingTls.class);

    private final CertificateFiles<SslContext> files;

    /// @throws IllegalArgumentException if a file cannot be used
    ReloadingTls(Tls tls, LongSupplier nanoTime) {
        files = new CertificateFiles<>(tls.files(), tls::context, nanoTime);
        if (!OpenSsl.isAvailable()) {
            LOG.info(
                    "TLS runs on the JDK. For faster TLS, add"
                            + " io.netty:netty-tcnative-boringssl-static to the class path");
        }
    }

    /// For a new connection.
    SslHandler newHandler(ByteBufAllocator alloc) {
        return files.current().newHandler(alloc);
    }
}
