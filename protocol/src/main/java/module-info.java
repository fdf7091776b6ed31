/// Engine.IO and Socket.IO packets as values, and total functions between them and bytes. Nothing
/// in here has a thread, a clock or a connection.
@org.jspecify.annotations.NullMarked
module io.natter.protocol {
    requires static transitive org.jspecify;

    exports io.natter.protocol;
}
