package com.example.chat;

import io.natter.socketio.DisconnectReason;
import io.natter.socketio.Socket;
import io.natter.spring.OnConnect;
import io.natter.spring.OnDisconnect;
import io.natter.spring.OnEvent;
import io.natter.spring.SocketIoController;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.security.access.prepost.PreAuthorize;

/// The events of the namespace `/chat`.
@SocketIoController("/chat")
class ChatController {
    private final Rooms rooms;

    ChatController(Rooms rooms) {
        this.rooms = rooms;
    }

    @OnConnect
    void connected(Socket socket, Principal user) {
        socket.emit("welcome", user.getName());
    }

    /// The returned value is the acknowledgement.
    @OnEvent("join")
    List<Posted> join(Socket socket, @NotBlank String room) {
        socket.join(room);
        return rooms.messages(room);
    }

    @OnEvent("send")
    Posted send(Socket socket, Principal user, @Valid Message message) {
        var posted = new Posted(user.getName(), message.text(), Instant.now());
        rooms.add(message.room(), posted);
        socket.to(message.room()).emit("message", posted);
        return posted;
    }

    /// An acknowledgement that comes later.
    @OnEvent("count")
    CompletableFuture<Integer> count(String room) {
        return CompletableFuture.supplyAsync(() -> rooms.messages(room).size());
    }

    @OnEvent("clear")
    @PreAuthorize("hasRole('ADMIN')")
    void clear(String room) {
        rooms.clear(room);
    }

    @OnDisconnect
    void disconnected(Socket socket, DisconnectReason reason) {
        socket.nsp().emit("left", socket.id(), reason.toString());
    }
}
