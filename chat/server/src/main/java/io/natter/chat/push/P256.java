package io.natter.chat.push;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;

/// Keys on the curve P-256, in the form that Web Push sends: a public key is the uncompressed
/// point, `04 x y`, in 65 bytes.
final class P256 {
    static final int POINT = 65;
    private static final int COORDINATE = 32;
    private static final ECParameterSpec CURVE = curve();

    private P256() {}

    private static ECParameterSpec curve() {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no P-256.", e);
        }
    }

    static KeyPair generate() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(CURVE);
        return generator.generateKeyPair();
    }

    /// The public key of a point; empty for bytes that are no point of the curve. A point off the
    /// curve would let its sender find out the private key.
    static Optional<ECPublicKey> publicKey(byte[] point) throws GeneralSecurityException {
        if (point.length != POINT || point[0] != 4) {
            return Optional.empty();
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + COORDINATE));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + COORDINATE, POINT));
        BigInteger p = ((ECFieldFp) CURVE.getCurve().getField()).getP();
        BigInteger right =
                x.pow(3)
                        .add(CURVE.getCurve().getA().multiply(x))
                        .add(CURVE.getCurve().getB())
                        .mod(p);
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0 || !y.pow(2).mod(p).equals(right)) {
            return Optional.empty();
        }
        var spec = new ECPublicKeySpec(new ECPoint(x, y), CURVE);
        return Optional.of((ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec));
    }

    static ECPrivateKey privateKey(byte[] number) throws GeneralSecurityException {
        var spec = new ECPrivateKeySpec(new BigInteger(1, number), CURVE);
        return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(spec);
    }

    static byte[] point(ECPublicKey key) {
        byte[] point = new byte[POINT];
        point[0] = 4;
        place(key.getW().getAffineX(), point, 1);
        place(key.getW().getAffineY(), point, 1 + COORDINATE);
        return point;
    }

    static byte[] number(ECPrivateKey key) {
        byte[] number = new byte[COORDINATE];
        place(key.getS(), number, 0);
        return number;
    }

    /// Writes a number of at most 32 bytes, with zeros in front.
    private static void place(BigInteger value, byte[] to, int at) {
        byte[] bytes = value.toByteArray();
        int from = Math.max(0, bytes.length - COORDINATE);
        int length = bytes.length - from;
        System.arraycopy(bytes, from, to, at + COORDINATE - length, length);
    }
}
