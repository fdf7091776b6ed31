/// Engine.IO and Socket.IO packets as values, and total functions between them and bytes. Nothing
/// in here has a thread, a clock or a connection.
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the modules of a qualified export are built later
module io.natter.protocol {
    requires static transitive org.jspecify;

    exports io.natter.protocol;
    exports io.natter.protocol.json to
            io.natter.cluster,
            io.natter.engine,
            io.natter.socketio;
}
