package io.natter.micrometer;

import io.natter.engine.SessionForwarder;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.adapter.AdapterMetrics;
import io.natter.socketio.adapter.LocalAdapter;

/// The figures of a server in a cluster that is not there.
final class ClusterFigures {
    private ClusterFigures() {}

    /// A server whose adapter has figures.
    static SocketIoServer server() {
        return SocketIoServer.create(SocketIoOptions.builder().adapter(new Factory()).build());
    }

    private static final class Factory implements Adapter.Factory {
        @Override
        public Adapter create(LocalAdapter local, Adapter.ServerEvents events) {
            return local;
        }

        @Override
        public AdapterMetrics metrics() {
            return new Figures();
        }
    }

    private static final class Figures implements AdapterMetrics {
        @Override
        public long published() {
            return 11;
        }

        @Override
        public long received() {
            return 12;
        }

        @Override
        public long dropped() {
            return 13;
        }

        @Override
        public long malformed() {
            return 14;
        }

        @Override
        public long timedOut() {
            return 15;
        }

        @Override
        public long waitingBytes() {
            return 16;
        }

        @Override
        public boolean isConnected() {
            return true;
        }
    }

    /// The figures of a forwarder.
    static final class Forwarding implements SessionForwarder.Metrics {
        @Override
        public long requests() {
            return 21;
        }

        @Override
        public long webSockets() {
            return 22;
        }

        @Override
        public long received() {
            return 23;
        }

        @Override
        public long unreachable() {
            return 24;
        }

        @Override
        public long timedOut() {
            return 25;
        }

        @Override
        public long refused() {
            return 26;
        }

        @Override
        public long forged() {
            return 27;
        }

        @Override
        public long malformed() {
            return 28;
        }

        @Override
        public long inFlight() {
            return 29;
        }
    }
}
