/// Several servers as one over PostgreSQL, beside servers on Node.js.
@org.jspecify.annotations.NullMarked
module io.natter.postgres {
    requires static transitive org.jspecify;
    requires transitive io.natter.socketio;
    requires transitive io.natter.cluster;
    requires transitive java.sql;
    requires org.postgresql.jdbc;
    requires static org.checkerframework.checker.qual;
    requires org.slf4j;

    exports io.natter.postgres;
}
