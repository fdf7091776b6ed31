package com.example.chat;

import java.time.Instant;

/// A message as the others in the room get it.
record Posted(String from, String text, Instant sentAt) {}
