/// The interfaces between a host, which has the sockets, and the endpoints that it carries. They
/// are HTTP requests, WebSockets, strands, and the memory budget of all clients.
@org.jspecify.annotations.NullMarked
module io.natter.host {
    requires static transitive org.jspecify;
    requires java.logging;
    requires transitive org.slf4j;

    exports io.natter.host;
    exports io.natter.host.dispatch;
    exports io.natter.host.inprocess;
    exports io.natter.host.strand;

    uses org.slf4j.spi.SLF4JServiceProvider;
}
