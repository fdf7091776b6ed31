package io.natter.webtransport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AddressTokenTest {
    private static final InetSocketAddress ADA = new InetSocketAddress("192.0.2.1", 4711);
    private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8};

    private final AtomicLong now = new AtomicLong();
    private final AddressToken tokens = new AddressToken(now::get);

    private ByteBuf token() {
        var token = Unpooled.buffer();
        assertThat(tokens.writeToken(token, Unpooled.wrappedBuffer(ID), ADA)).isTrue();
        return token;
    }

    @Test
    void aTokenIsValidForItsAddressAndShowsTheConnectionId() {
        var token = token();
        int at = tokens.validateToken(token, ADA);
        assertThat(ByteBufUtil.getBytes(token, at, ID.length)).isEqualTo(ID);
        assertThat(token.readableBytes()).isLessThanOrEqualTo(tokens.maxTokenLength());
    }

    @Test
    void anotherAddressPortKeyOrByteMakesItInvalid() {
        assertThat(tokens.validateToken(token(), new InetSocketAddress("192.0.2.2", 4711)))
                .isEqualTo(-1);
        assertThat(tokens.validateToken(token(), new InetSocketAddress("192.0.2.1", 4712)))
                .isEqualTo(-1);
        assertThat(new AddressToken(now::get).validateToken(token(), ADA)).isEqualTo(-1);
        for (int i = 0; i < token().readableBytes(); i++) {
            var forged = token();
            forged.setByte(i, forged.getByte(i) ^ 1);
            assertThat(tokens.validateToken(forged, ADA)).as("byte " + i).isEqualTo(-1);
        }
        assertThat(tokens.validateToken(Unpooled.EMPTY_BUFFER, ADA)).isEqualTo(-1);
    }

    @Test
    void aTokenEndsAfterTenSeconds() {
        var token = token();
        now.set(10_000);
        assertThat(tokens.validateToken(token, ADA)).isPositive();
        now.set(10_001);
        assertThat(tokens.validateToken(token, ADA)).isEqualTo(-1);
    }
}
