/// The host on Netty: a standalone server, the same handlers on the port of an existing server,
/// WebSocket frames. The only module that sees `ByteBuf` and reference counts.
@org.jspecify.annotations.NullMarked
module io.natter.netty {
    requires static transitive org.jspecify;
    requires transitive io.natter.host;
    requires transitive io.netty.transport;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.classes.io_uring;
    requires io.netty.transport.classes.kqueue;
    requires io.netty.transport.unix.common;
    requires org.slf4j;

    exports io.natter.netty;
}
