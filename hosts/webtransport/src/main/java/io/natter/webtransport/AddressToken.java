package io.natter.webtransport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.quic.QuicTokenHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Proves that a client receives at its address before the server keeps anything for it (RFC 9000
/// §8.1.2). A token is a time, a connection id, and their HMAC with the client's address under a
/// key of this process.
final class AddressToken implements QuicTokenHandler {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_BYTES = 32;
    private static final int HEAD_BYTES = Long.BYTES + MAC_BYTES;
    private static final int MAX_ID_BYTES = 20;
    private static final long VALID_MILLIS = 10_000;

    private final SecretKeySpec key;
    private final LongSupplier millis;

    /// @param millis the clock
    AddressToken(LongSupplier millis) {
        this.millis = millis;
        var random = new byte[MAC_BYTES];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, ALGORITHM);
    }

    @Override
    public boolean writeToken(ByteBuf out, ByteBuf connectionId, InetSocketAddress address) {
        long until = millis.getAsLong() + VALID_MILLIS;
        var id = ByteBufUtil.getBytes(connectionId);
        out.writeLong(until);
        out.writeBytes(mac(until, id, address));
        out.writeBytes(id);
        return true;
    }

    /// The position of the connection id in a valid token, -1 for any other.
    @Override
    public int validateToken(ByteBuf token, InetSocketAddress address) {
        int size = token.readableBytes();
        if (size <= HEAD_BYTES || size > maxTokenLength()) {
            return -1;
        }
        int start = token.readerIndex();
        long until = token.getLong(start);
        var mac = ByteBufUtil.getBytes(token, start + Long.BYTES, MAC_BYTES);
        var id = ByteBufUtil.getBytes(token, start + HEAD_BYTES, size - HEAD_BYTES);
        boolean isOurs = MessageDigest.isEqual(mac, mac(until, id, address));
        return isOurs && millis.getAsLong() <= until ? HEAD_BYTES : -1;
    }

    @Override
    public int maxTokenLength() {
        return HEAD_BYTES + MAX_ID_BYTES;
    }

    private byte[] mac(long until, byte[] id, InetSocketAddress address) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(
                    ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                            .putLong(until)
                            .putInt(address.getPort())
                            .flip());
            mac.update(address.getAddress().getAddress());
            return mac.doFinal(id);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
