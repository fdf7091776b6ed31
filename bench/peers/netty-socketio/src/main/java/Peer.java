import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOServer;
import java.net.InetAddress;
import java.net.ServerSocket;

/** netty-socketio with the benchmark's events, on native epoll as its documentation advises. */
final class Peer {
    private Peer() {}

    public static void main(String[] arguments) throws Exception {
        var port = Integer.parseInt(System.getenv().getOrDefault("PORT", "0"));
        if (port == 0) {
            try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
        }
        var sockets = new SocketConfig();
        sockets.setReuseAddress(true);
        sockets.setAcceptBackLog(4096);
        var configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(port);
        configuration.setUseLinuxNativeEpoll(true);
        configuration.setSocketConfig(sockets);
        configuration.setWebsocketCompression("1".equals(System.getenv("DEFLATE")));
        var io = new SocketIOServer(configuration);
        io.addEventListener(
                "chat message",
                String.class,
                (_, text, _) -> io.getBroadcastOperations().sendEvent("chat message", text));
        io.addMultiTypeEventListener(
                "room message",
                (_, message, _) ->
                        io.getRoomOperations((String) message.get(0))
                                .sendEvent("chat message", (String) message.get(1)),
                String.class,
                String.class);
        io.addEventListener("echo", String.class, (client, text, _) -> client.sendEvent("echo", text));
        io.addEventListener("ack", String.class, (_, text, ack) -> ack.sendAckData(text));
        io.addEventListener("join", String.class, (client, room, _) -> client.joinRoom(room));
        io.start();
        System.out.println("listening " + port);
    }
}
