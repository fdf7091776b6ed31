/// Plain WebSockets without Socket.IO, on any host.
@org.jspecify.annotations.NullMarked
module io.natter.websocket {
    requires static transitive org.jspecify;
    requires transitive io.natter.host;

    exports io.natter.websocket;
}
