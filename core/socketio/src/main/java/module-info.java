/// A Socket.IO server: namespaces, sockets, rooms, acknowledgements, middleware and recovery.
@org.jspecify.annotations.NullMarked
module io.natter.socketio {
    requires static transitive org.jspecify;
    requires transitive io.natter.engine;
    requires tools.jackson.core;
    requires transitive tools.jackson.databind;
    requires com.fasterxml.jackson.annotation;
    requires org.slf4j;

    exports io.natter.socketio;
    exports io.natter.socketio.adapter;
    exports io.natter.socketio.payload;
    exports io.natter.socketio.presence;
}
