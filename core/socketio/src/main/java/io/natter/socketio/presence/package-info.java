/// Presence: the users of a namespace, each once however many sockets they have, on all servers of
/// a cluster. Starts with [Presence#by].
package io.natter.socketio.presence;
