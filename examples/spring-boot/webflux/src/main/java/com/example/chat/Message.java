package com.example.chat;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/// What a client sends.
record Message(@NotBlank String room, @NotBlank @Size(max = 500) String text) {}
