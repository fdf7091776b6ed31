package io.natter.netty;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// How a host speaks TLS: 1.3, and 1.2 with forward secrecy and authenticated encryption only
/// (ECDHE with AES-GCM or ChaCha20). The JDK does the cryptography, or BoringSSL, which is faster,
/// if `io.netty:netty-tcnative-boringssl-static` is on the class path.
///
/// The files are read when the host is configured, and again when they have changed. A new
/// connection checks their times, at most every ten seconds. So later connections use a renewed
/// certificate without a restart. While new files cannot be used, as a certificate whose key is not
/// there yet, the old ones stay and a warning is logged. Immutable.
public final class Tls {
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private static final List<String> CIPHERS =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private final Path certificates;
    private final Path key;
    private final @Nullable String storePassword;
    private final @Nullable Path authorities;

    private Tls(
            Path certificates,
            Path key,
            @Nullable String storePassword,
            @Nullable Path authorities) {
        this.certificates = certificates;
        this.key = key;
        this.storePassword = storePassword;
        this.authorities = authorities;
    }

    /// TLS with PEM files.
    ///
    /// @param certificates the server's certificate and those between it and the authority
    /// @param key its private key, in PKCS#8 without a password
    public static Tls pem(Path certificates, Path key) {
        return new Tls(certificates, key, null, null);
    }

    /// TLS with a key store.
    ///
    /// @param store in the format PKCS#12, with one private key and its certificates
    /// @param password of the store and of the key
    public static Tls pkcs12(Path store, String password) {
        return new Tls(store, store, password, null);
    }

    /// This TLS for clients that have a certificate of their own; others are refused in the
    /// handshake. The certificate's subject is the principal of its requests, and so of sockets:
    /// [io.natter.host.Attributes#PRINCIPAL].
    ///
    /// @param authorities the certificates in PEM of the authorities that sign client certificates
    public Tls requireClientCertificates(Path authorities) {
        return new Tls(certificates, key, storePassword, authorities);
    }

    /// For a Netty server of the application's own: puts TLS first into the pipeline of each new
    /// connection. Reads the files now, and again when they have changed. Any thread.
    ///
    /// @throws IllegalArgumentException if a file cannot be used, with a sentence that says why
    public Consumer<ChannelPipeline> installer() {
        var reloading = new ReloadingTls(this, System::nanoTime);
        return pipeline -> pipeline.addFirst(reloading.newHandler(pipeline.channel().alloc()));
    }

    /// Reads the files, to learn early whether they can be used.
    ///
    /// @throws IllegalArgumentException if one of them cannot, with a sentence that says why
    public void check() {
        var ignored = context();
    }

    /// The files that are read.
    List<Path> files() {
        var files = new ArrayList<>(List.of(certificates, key));
        if (authorities != null) {
            files.add(authorities);
        }
        return files;
    }

    /// Reads the files.
    ///
    /// @throws IllegalArgumentException if one of them cannot be used, with a sentence that says
    ///   why
    SslContext context() {
        for (var file : files()) {
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException(
                        "cannot read the "
                                + (storePassword == null ? "PEM file " : "file ")
                                + file);
            }
        }
        var identity =
                storePassword == null
                        ? TlsIdentity.pem(certificates, key)
                        : TlsIdentity.pkcs12(certificates, storePassword);
        // BoringSSL offers no Ed25519 by default.
        boolean open = OpenSsl.isAvailable() && !identity.isEdwards();
        try {
            var builder =
                    SslContextBuilder.forServer(
                                    identity.key(),
                                    identity.chain().toArray(X509Certificate[]::new))
                            .sslProvider(open ? SslProvider.OPENSSL : SslProvider.JDK)
                            .protocols(PROTOCOLS)
                            .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE);
            if (authorities != null) {
                builder.trustManager(
                                TlsIdentity.certificates(authorities)
                                        .toArray(X509Certificate[]::new))
                        .clientAuth(ClientAuth.REQUIRE);
            }
            return builder.build();
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
