/// Metrics of a Socket.IO server for Micrometer.
@org.jspecify.annotations.NullMarked
module io.natter.micrometer {
    requires static transitive org.jspecify;
    requires transitive io.natter.socketio;
    requires transitive micrometer.core;

    exports io.natter.micrometer;
}
