package io.natter.netty;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A certificate made for one run, as PEM files and as a key store, and clients that trust it.
public record TestCertificate(Path certificate, Path key, Path store, KeyStore keys) {
    static final String PASSWORD = "changeit";

    /// TLS over a connection that is there.
    Socket over(Socket tcp) throws IOException {
        return client().createSocket(tcp, "127.0.0.1", tcp.getPort(), false);
    }

    public SSLSocketFactory client() throws IOException {
        try {
            return context(null).getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /// A client that trusts this certificate.
    ///
    /// @param own with which the client says who it is, or null
    SSLContext context(@Nullable TestCertificate own) throws IOException, GeneralSecurityException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", keys.getCertificate("a"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyManager[] managers = null;
        if (own != null) {
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(own.keys, PASSWORD.toCharArray());
            managers = factory.getKeyManagers();
        }
        var context = SSLContext.getInstance("TLS");
        context.init(managers, trust.getTrustManagers(), null);
        return context;
    }

    public static TestCertificate make() throws Exception {
        return make("EC");
    }

    /// @param algorithm of the key, as keytool names it
    static TestCertificate make(String algorithm) throws Exception {
        var folder = Files.createTempDirectory("natter-tls");
        var store = folder.resolve("store.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var made =
                new ProcessBuilder(
                                keytool.toString(),
                                "-genkeypair",
                                "-alias",
                                "a",
                                "-keyalg",
                                algorithm,
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=ip:127.0.0.1",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
        if (made != 0) {
            throw new IOException("keytool failed: " + made);
        }
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        return new TestCertificate(
                pem(folder, "CERTIFICATE", keys.getCertificate("a").getEncoded()),
                pem(folder, "PRIVATE KEY", privateKey(keys).getEncoded()),
                store,
                keys);
    }

    private static Key privateKey(KeyStore keys) throws GeneralSecurityException {
        return keys.getKey("a", PASSWORD.toCharArray());
    }

    /// The bytes of the private key, in PKCS#8.
    byte[] keyBytes() throws GeneralSecurityException {
        return privateKey(keys).getEncoded();
    }

    static Path pem(Path folder, String type, byte[] der) throws IOException {
        var file = folder.resolve(type.replace(' ', '-') + ".pem");
        return Files.writeString(
                file,
                "-----BEGIN "
                        + type
                        + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                        + "\n-----END "
                        + type
                        + "-----\n");
    }
}
