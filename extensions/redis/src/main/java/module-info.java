/// Several servers as one over Redis, beside servers on Node.js.
@org.jspecify.annotations.NullMarked
module io.natter.redis {
    requires static transitive org.jspecify;
    requires transitive io.natter.socketio;
    requires transitive io.natter.cluster;
    requires transitive lettuce.core;
    requires io.netty.common; // in the types of Lettuce
    requires org.slf4j;

    exports io.natter.redis;
}
