/// The sockets of a namespace by room and strand, and the broadcasts to them.
package io.natter.socketio.rooms;
