/// WebSocket frames as bytes (RFC 6455): reading, writing, compression and the opening handshake.
package io.natter.netty.frame;
