package com.example.chat;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/// A message as a client sends it.
record Message(@NotBlank String room, @NotBlank @Size(max = 500) String text) {}
