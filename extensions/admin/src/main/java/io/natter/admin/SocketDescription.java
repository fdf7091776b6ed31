package io.natter.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.socketio.RemoteSocket;
import io.natter.socketio.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Describes sockets as the page shows them. Immutable.
final class SocketDescription {
    /// The member of a socket's data by which other servers learn of client and transport. So it is
    /// in Node.js, too.
    static final String ADMIN_DATA = "_admin";

    private static final int CLIENT_ID_LENGTH = 12;
    private static final List<String> ADDRESS_HEADERS =
            List.of("cf-connecting-ip", "x-forwarded-for");
    private static final List<String> HANDSHAKE = List.of("issued", "secure", "time");

    private final Redaction redaction;

    SocketDescription(Redaction redaction) {
        this.redaction = redaction;
    }

    /// What other servers need to know beside a socket's state.
    static Map<String, Object> adminData(Socket socket) {
        return Map.of(
                "clientId", clientId(socket), "transport", socket.conn().transport().toString());
    }

    /// A name for the connection. It tells nothing of the session's id, which is a secret.
    private static String clientId(Socket socket) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(socket.conn().id().getBytes(UTF_8));
            return Base64.getUrlEncoder().encodeToString(hash).substring(0, CLIENT_ID_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// A socket of this server, in these rooms.
    Map<String, @Nullable Object> of(Socket socket, List<String> rooms) {
        return describe(
                socket.id(),
                socket.nsp().name(),
                adminData(socket),
                socket.data(),
                socket.handshake().toMap(),
                rooms);
    }

    /// A socket of any server, or null where its server does not tell its client.
    @Nullable Map<String, @Nullable Object> of(String nsp, RemoteSocket socket) {
        return socket.data().get(ADMIN_DATA) instanceof Map<?, ?> admin
                ? describe(
                        socket.id(),
                        nsp,
                        admin,
                        socket.data(),
                        socket.handshake(),
                        List.copyOf(socket.rooms()))
                : null;
    }

    private Map<String, @Nullable Object> describe(
            String id,
            String nsp,
            Map<?, ?> admin,
            Map<String, Object> data,
            Map<String, @Nullable Object> handshake,
            List<String> rooms) {
        var described = new LinkedHashMap<String, @Nullable Object>();
        described.put("id", id);
        described.put("clientId", admin.get("clientId"));
        described.put("transport", admin.get("transport"));
        described.put("nsp", nsp);
        described.put("data", ownData(data));
        described.put("handshake", handshake(handshake));
        described.put("rooms", rooms);
        return described;
    }

    /// The application's data of a socket.
    static Map<String, Object> ownData(Map<String, Object> data) {
        var own = new LinkedHashMap<>(data);
        own.remove(ADMIN_DATA);
        return own;
    }

    /// Without the credentials.
    private Map<String, @Nullable Object> handshake(Map<String, @Nullable Object> handshake) {
        var described = new LinkedHashMap<String, @Nullable Object>();
        Map<String, @Nullable Object> headers = redaction.values(handshake.get("headers"));
        described.put("address", address(headers, handshake.get("address")));
        described.put("headers", headers);
        described.put("query", redaction.values(handshake.get("query")));
        for (String name : HANDSHAKE) {
            described.put(name, handshake.get(name));
        }
        described.put("url", redaction.url(handshake.get("url")));
        described.put("xdomain", handshake.get("xdomain"));
        return described;
    }

    private static @Nullable Object address(
            Map<String, @Nullable Object> headers, @Nullable Object address) {
        for (String name : ADDRESS_HEADERS) {
            Object value = headers.get(name);
            if (value != null) {
                return value;
            }
        }
        return address;
    }
}
