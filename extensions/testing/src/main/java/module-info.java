/// A test kit for applications: a server in memory, clients that connect to it by a method call,
/// and a clock that the test moves.
@org.jspecify.annotations.NullMarked
module io.natter.testing {
    requires static transitive org.jspecify;
    requires transitive io.natter.socketio;

    exports io.natter.testing;
}
