package io.natter.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A way to a server that can be cut: every connection on it goes, without a word, and new ones go
/// as they come until it is mended.
final class BreakableLine implements AutoCloseable {
    private final ServerSocket entrance;
    private final int to;
    private final List<Socket> ends = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    BreakableLine(int to) throws IOException {
        this.to = to;
        entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + entrance.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var near = entrance.accept();
                if (down) {
                    near.close();
                    continue;
                }
                var far = new Socket(InetAddress.getLoopbackAddress(), to);
                ends.addAll(List.of(near, far));
                Thread.startVirtualThread(() -> carry(near, far));
                Thread.startVirtualThread(() -> carry(far, near));
            }
        } catch (IOException _) {
            // closed: no further connection is accepted
        }
    }

    private static void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // cut, which is what the line is for
        }
    }

    void cut() throws IOException {
        down = true;
        for (Socket end : ends) {
            end.close();
        }
        ends.clear();
    }

    void mend() {
        down = false;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }
}
