package io.natter.conformance;

import io.natter.netty.NettyHost;
import io.natter.postgres.PostgresAdapter;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;

/// A server of a cluster over PostgreSQL, in this JVM.
record ClusterNode(PostgresAdapter adapter, SocketIoServer io, NettyHost host)
        implements AutoCloseable {

    static ClusterNode start(PostgresAdapter adapter) {
        var io = SocketIoServer.create(SocketIoOptions.builder().adapter(adapter).build());
        var host = NettyHost.builder().endpoint(io).host("127.0.0.1").port(0).threads(1).listen();
        return new ClusterNode(adapter, io, host);
    }

    /// The number of servers of the cluster that this one knows.
    int servers() {
        return io.of("/").adapter().serverCount().join();
    }

    RecordingClient client(String namespace) {
        return new RecordingClient(host.port(), namespace);
    }

    @Override
    public void close() {
        host.close();
        adapter.close();
    }
}
