import io.javalin.Javalin;
import io.natter.servlet.NatterServlet;
import io.natter.socketio.SocketIoServer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;

// Socket.IO on the port of a Javalin application: what is posted to /messages comes to every page.

final Path page = Path.of("InJavalin.html");
final int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "7070"));

void main() {
    var io = SocketIoServer.create();
    io.onConnection(socket -> {
        io.emit("here", io.sockets().size());
        socket.onDisconnect(_ -> io.emit("here", io.sockets().size()));
    });

    Javalin.create(config -> {
                config.concurrency.useVirtualThreads = true;
                config.jetty.modifyServletContextHandler(context -> serve(context, io));
                config.routes.get("/", ctx -> ctx.html(Files.readString(page)));
                config.routes.post("/messages", ctx -> {
                    io.emit("message", ctx.body());
                    ctx.status(204);
                });
            })
            .start(port);
    IO.println("InJavalin: http://localhost:" + port);
}

/// Natter's servlet beside Javalin's own, with WebSocket.
void serve(ServletContextHandler context, SocketIoServer io) {
    JakartaWebSocketServletContainerInitializer.configure(context, null);
    var servlet = new ServletHolder("natter", new NatterServlet(io));
    servlet.setAsyncSupported(true);
    context.addServlet(servlet, "/socket.io/*");
}
