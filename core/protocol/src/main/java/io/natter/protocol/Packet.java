package io.natter.protocol;

import org.jspecify.annotations.Nullable;

/// One Socket.IO packet of protocol 5, complete with its attachments. `namespace` starts with `/`.
public sealed interface Packet {

    /// An [Event] that asks for no acknowledgement has this id.
    long NO_ID = -1;

    /// The namespace that the packet belongs to, `/` being the main one.
    String namespace();

    /// `0`: a client asks for a namespace with its credentials, or the server lets it in (`sid`,
    /// `pid`).
    record Connect(String namespace, @Nullable Payload data) implements Packet {}

    /// `1`: the sender leaves the namespace.
    record Disconnect(String namespace) implements Packet {}

    /// `2` and `5`: an event. `args` is the whole array, its first element being `name`; `id` is
    /// the acknowledgement asked for or [#NO_ID].
    record Event(String namespace, long id, String name, Payload args) implements Packet {
        /// The same event, whose arguments keep no more than themselves in memory.
        public Event compact() {
            return args.isCompact() ? this : new Event(namespace, id, name, args.compact());
        }
    }

    /// `3` and `6`: the answer to the event of that `id`; `args` is an array.
    record Ack(String namespace, long id, Payload args) implements Packet {}

    /// `4`: the server refuses the namespace: `{"message":…,"data":…}`.
    record ConnectError(String namespace, Payload data) implements Packet {}
}
