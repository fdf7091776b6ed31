/// Metrics of a Socket.IO server for Micrometer: [io.natter.micrometer.SocketIoMeters].
package io.natter.micrometer;
