package io.natter.socketio.adapter;

/// The figures of an adapter, or of all adapters of one factory, since their start. Any thread.
public interface AdapterMetrics {

    /// Messages that were given to the broker for other servers.
    long published();

    /// Messages of other servers.
    long received();

    /// Messages that other servers did not get, because the broker was away, refused them or was
    /// too slow.
    long dropped();

    /// Messages that could not be read.
    long malformed();

    /// Requests that not all servers answered in time.
    long timedOut();

    /// The bytes of messages that wait for the broker at the moment.
    long waitingBytes();

    /// Whether the broker can be reached at the moment.
    boolean isConnected();
}
