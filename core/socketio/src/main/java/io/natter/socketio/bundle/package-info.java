/// The files of the browser client that the server serves.
package io.natter.socketio.bundle;
