package io.natter.redis;

import java.util.Set;

/// The channels of one namespace, as npm `@socket.io/redis-adapter` names them.
///
/// @param broadcast all channels of broadcasts begin so
/// @param ownResponse the channel for answers to this server alone
record ClassicChannels(String broadcast, String request, String response, String ownResponse) {

    ClassicChannels(String key, String namespace, String uid) {
        this(
                key + "#" + namespace + "#",
                key + "-request#" + namespace + "#",
                key + "-response#" + namespace + "#",
                key + "-response#" + namespace + "#" + uid + "#");
    }

    /// The channel of a broadcast: one of its own for a single room.
    String broadcast(Set<String> rooms) {
        return rooms.size() == 1 ? broadcast + rooms.iterator().next() + "#" : broadcast;
    }

    /// The channel for answers to that server alone.
    String responseTo(String uid) {
        return response + uid + "#";
    }
}
