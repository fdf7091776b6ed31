/// Messages and adapters with which several servers act as one, whatever carries the messages.
@org.jspecify.annotations.NullMarked
module io.natter.cluster {
    requires static transitive org.jspecify;
    requires transitive io.natter.socketio;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires org.slf4j;

    exports io.natter.cluster;
}
