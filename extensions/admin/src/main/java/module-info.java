/// The server side of the official Socket.IO Admin UI, and its page.
@org.jspecify.annotations.NullMarked
module io.natter.admin {
    requires static transitive org.jspecify;
    requires transitive io.natter.socketio;
    requires org.slf4j;
    requires password4j;

    exports io.natter.admin;
}
