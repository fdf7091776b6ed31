/// A host that runs Natter inside a servlet container.
@org.jspecify.annotations.NullMarked
module io.natter.servlet {
    requires static transitive org.jspecify;
    requires transitive io.natter.host;
    requires transitive jakarta.servlet;
    requires jakarta.websocket;
    requires transitive jakarta.websocket.client;
    requires static org.eclipse.jetty.server;
    requires org.slf4j;

    exports io.natter.servlet;
}
