package io.natter.protocol;

/// The first character of a Socket.IO packet, by its place.
enum PacketType {
    CONNECT,
    DISCONNECT,
    EVENT,
    ACK,
    CONNECT_ERROR,
    BINARY_EVENT,
    BINARY_ACK;

    private static final PacketType[] ALL = values();

    /// How many types there are.
    static final int COUNT = ALL.length;

    static PacketType of(int number) {
        return ALL[number];
    }

    boolean binary() {
        return this == BINARY_EVENT || this == BINARY_ACK;
    }
}
