/// WebTransport over HTTP/3, beside any other host.
@org.jspecify.annotations.NullMarked
module io.natter.webtransport {
    requires static transitive org.jspecify;
    requires transitive io.natter.host;
    requires io.netty.buffer;
    requires io.netty.codec.classes.quic;
    requires io.netty.codec.http3;
    requires io.netty.common;
    requires io.netty.transport;
    requires org.slf4j;

    exports io.natter.webtransport;
}
