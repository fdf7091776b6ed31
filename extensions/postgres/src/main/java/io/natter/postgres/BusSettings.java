package io.natter.postgres;

import java.time.Duration;

/// The settings of both connections of a [PostgresBus].
///
/// @param maxWaitingBytes of messages that may wait for PostgreSQL
/// @param cleanupInterval between two deletions of old attachments, and how long one is kept
record BusSettings(
        Connections connections,
        Wire wire,
        long maxWaitingBytes,
        Duration cleanupInterval,
        PostgresMetrics metrics) {}
