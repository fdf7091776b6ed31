package com.example.chat;

import io.natter.socketio.SocketIoServer;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// Sends to all clients from an HTTP request.
@RestController
class NewsController {
    private final SocketIoServer io;

    NewsController(SocketIoServer io) {
        this.io = io;
    }

    @PostMapping("/news")
    Mono<Void> publish(@RequestBody String text) {
        return Mono.fromRunnable(() -> io.of("/chat").emit("news", text));
    }
}
