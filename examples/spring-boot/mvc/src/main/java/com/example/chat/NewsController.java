package com.example.chat;

import io.natter.socketio.SocketIoServer;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Sends to all clients from an HTTP request.
@RestController
class NewsController {
    private final SocketIoServer io;

    NewsController(SocketIoServer io) {
        this.io = io;
    }

    @PostMapping("/news")
    void publish(@RequestBody String text) {
        io.of("/chat").emit("news", text);
    }
}
