/// Engine.IO: sessions over polling, WebSocket and the upgrade between them, and the interfaces
/// that a host implements to carry them.
@org.jspecify.annotations.NullMarked
module io.natter.engine {
    requires static transitive org.jspecify;
    requires transitive io.natter.protocol;
    requires org.slf4j;

    exports io.natter.engine;
    exports io.natter.engine.inprocess;
}
