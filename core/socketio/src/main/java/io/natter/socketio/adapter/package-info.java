/// The interface to the sockets of a namespace, on one server or on many. An extension for several
/// servers implements [Adapter].
package io.natter.socketio.adapter;
