/// The connections of a server: what waits in each of them, and how they are closed at the end.
package io.natter.socketio.connection;
