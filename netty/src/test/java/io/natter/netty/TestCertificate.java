package io.natter.netty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate made for one run, as PEM files, and sockets that trust it.
record TestCertificate(Path certificate, Path key, SocketFactory client) {

    static TestCertificate make()
            throws IOException, InterruptedException, GeneralSecurityException {
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
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=ip:127.0.0.1",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                "changeit")
                        .inheritIO()
                        .start()
                        .waitFor();
        if (made != 0) {
            throw new IOException("keytool failed: " + made);
        }
        var keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        var certificate = keys.getCertificate("a");
        var key = keys.getKey("a", "changeit".toCharArray());
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", certificate);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return new TestCertificate(
                pem(folder, "CERTIFICATE", certificate.getEncoded()),
                pem(folder, "PRIVATE KEY", key.getEncoded()),
                context.getSocketFactory());
    }

    private static Path pem(Path folder, String type, byte[] der) throws IOException {
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
