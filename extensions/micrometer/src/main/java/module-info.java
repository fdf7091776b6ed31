/// Metrics of a Socket.IO server for Micrometer.
@org.jspecify.annotations.NullMarked
module io.natter.micrometer {
    requires static transitive org.jspecify;
    requires transitive io.natter.socketio;
    requires transitive micrometer.core;
    requires transitive micrometer.observation;
    requires static transitive micrometer.tracing;

    exports io.natter.micrometer;
}
