package com.example.chat;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// Starts the application.
@SpringBootApplication
public class ChatApplication {
    /// Starts the application.
    public static void main(String[] args) {
        SpringApplication.run(ChatApplication.class, args);
    }
}
