/// Engine.IO: sessions over polling, WebSocket and the upgrade between them, on any host.
@org.jspecify.annotations.NullMarked
module io.natter.engine {
    requires static transitive org.jspecify;
    requires transitive io.natter.host;
    requires transitive io.natter.protocol;
    requires org.slf4j;

    exports io.natter.engine;
}
