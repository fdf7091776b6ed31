package io.natter.netty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A server's certificates, its own first, and its private key. A certificate or key that cannot be
/// used is refused with a sentence that says why, by an [IllegalArgumentException].
record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
    private static final Pattern PEM_KEY =
            Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----([^-]*)-----END");

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    boolean isEdwards() {
        return key.getAlgorithm().startsWith("Ed");
    }

    static TlsIdentity pem(Path certificates, Path key) {
        return of(privateKey(key), certificates(certificates), certificates, "the key " + key);
    }

    static TlsIdentity pkcs12(Path store, String password) {
        var secret = password.toCharArray();
        try {
            var keys = KeyStore.getInstance("PKCS12");
            try (var in = Files.newInputStream(store)) {
                keys.load(in, secret);
            }
            for (var alias : Collections.list(keys.aliases())) {
                if (keys.getKey(alias, secret) instanceof PrivateKey key) {
                    var chain = x509(List.of(keys.getCertificateChain(alias)));
                    return of(key, chain, store, "its key");
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot open the key store "
                            + store
                            + (e.getCause() instanceof UnrecoverableKeyException
                                    ? ": the password is wrong"
                                    : ", which is to be PKCS#12: " + e.getMessage()),
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "cannot use the key store " + store + ": " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("the key store " + store + " has no private key");
    }

    private static TlsIdentity of(
            PrivateKey key, List<X509Certificate> chain, Path certificates, String keyName) {
        if (!belongTogether(key, chain.getFirst().getPublicKey())) {
            throw new IllegalArgumentException(
                    "the certificate "
                            + certificates
                            + " and "
                            + keyName
                            + " do not belong together: the first certificate in the file must be"
                            + " the one that was issued for this key");
        }
        return new TlsIdentity(key, chain);
    }

    /// Whether what the one signs is what the other accepts.
    private static boolean belongTogether(PrivateKey key, PublicKey certified) {
        var algorithm = signature(key.getAlgorithm());
        if (algorithm == null) {
            return true; // Not ours to judge.
        }
        try {
            var challenge = "natter".getBytes(StandardCharsets.US_ASCII);
            var signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(challenge);
            var verifying = Signature.getInstance(algorithm);
            verifying.initVerify(certified);
            verifying.update(challenge);
            return verifying.verify(signing.sign());
        } catch (InvalidKeyException | SignatureException ignored) {
            return false; // Of another algorithm.
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this JDK has no " + algorithm, e);
        }
    }

    private static @Nullable String signature(String algorithm) {
        return switch (algorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
            default -> null;
        };
    }

    /// The certificates in a PEM file.
    static List<X509Certificate> certificates(Path file) {
        try (var in = Files.newInputStream(file)) {
            var found = x509(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (found.isEmpty()) {
                throw new IllegalArgumentException("there is no certificate in " + file);
            }
            return found;
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException(
                    "cannot read a certificate from " + file + ", which is to be PEM", e);
        }
    }

    private static List<X509Certificate> x509(Collection<? extends Certificate> all) {
        var certificates = new ArrayList<X509Certificate>();
        for (var each : all) {
            if (each instanceof X509Certificate certificate) {
                certificates.add(certificate);
            }
        }
        return certificates;
    }

    private static PrivateKey privateKey(Path file) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the PEM file " + file, e);
        }
        var pem = PEM_KEY.matcher(text);
        if (!pem.find()) {
            throw new IllegalArgumentException("there is no private key in PEM in " + file);
        }
        if (!pem.group(1).equals("PRIVATE KEY")) {
            throw new IllegalArgumentException(
                    "the key "
                            + file
                            + (pem.group(1).startsWith("ENCRYPTED")
                                            || text.contains("Proc-Type: 4,ENCRYPTED")
                                    ? " has a password"
                                    : " is not in PKCS#8 (it begins with `BEGIN "
                                            + pem.group(1)
                                            + "`)")
                            + ". Convert it: openssl pkcs8 -topk8 -nocrypt -in "
                            + file
                            + " -out key8.pem");
        }
        try {
            return decode(Base64.getMimeDecoder().decode(pem.group(2)), file);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot read the key " + file, e);
        }
    }

    private static PrivateKey decode(byte[] pkcs8, Path file) throws GeneralSecurityException {
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException ignored) {
                // Of another algorithm.
            }
        }
        throw new IllegalArgumentException(
                "the key " + file + " is none of RSA, of an elliptic curve, or Ed25519");
    }
}
