/// Messages and adapters with which several servers act as one, whatever carries the messages, and
/// with which requests find the server of their session.
@org.jspecify.annotations.NullMarked
module io.natter.cluster {
    requires static transitive org.jspecify;
    requires transitive io.natter.socketio;
    requires java.net.http;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires org.slf4j;

    exports io.natter.cluster;
    exports io.natter.cluster.forwarding;
}
