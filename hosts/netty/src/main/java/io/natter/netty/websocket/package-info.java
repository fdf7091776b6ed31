/// WebSockets on a connection: input, output, the closing handshake, and the handoff from HTTP.
package io.natter.netty.websocket;
