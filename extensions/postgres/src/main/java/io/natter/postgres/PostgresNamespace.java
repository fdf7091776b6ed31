package io.natter.postgres;

import io.natter.cluster.ClusterMessage;
import io.natter.cluster.HeartbeatAdapter;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.LocalAdapter;

/// One namespace over PostgreSQL, as npm `@socket.io/postgres-adapter` does it. Answers go to all
/// servers, like everything else; the server that asked knows them by the id of its request.
final class PostgresNamespace extends HeartbeatAdapter implements Subscription {
    private final PostgresBus bus;
    private boolean started;
    private boolean closed;

    PostgresNamespace(
            LocalAdapter local,
            ServerEvents events,
            Settings settings,
            Heartbeat heartbeat,
            PostgresBus bus) {
        super(local, events, settings, heartbeat);
        this.bus = bus;
    }

    /// Begins to hear the other servers.
    void open() {
        bus.listen(local().namespace(), this);
    }

    @Override
    protected void send(ClusterMessage message) {
        bus.publish(local().namespace(), message);
    }

    @Override
    protected void respond(String requester, ClusterMessage response) {
        publish(response);
    }

    @Override
    public String ownUid() {
        return uid();
    }

    @Override
    public synchronized void onListening() {
        if (closed) {
            return;
        }
        if (started) {
            greet();
        } else {
            started = true;
            start();
        }
    }

    @Override
    public void onMessage(Payload message) {
        onMessage(ClusterMessage.read(message), null);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        bus.unlisten(local().namespace(), this);
        super.close();
    }
}
