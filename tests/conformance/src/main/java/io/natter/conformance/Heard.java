package io.natter.conformance;

import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The packets that a WebSocket of the warm-up has received, in the form of polling.
final class Heard implements WebSocket.Listener {
    private static final String END = "";

    private final BlockingQueue<String> packets = new LinkedBlockingQueue<>();
    private final StringBuilder begun = new StringBuilder();
    private final Callable<Long> left;
    final CompletableFuture<Integer> closed = new CompletableFuture<>();

    /// @param left nanoseconds until the time is up
    Heard(Callable<Long> left) {
        this.left = left;
    }

    /// Returns when a packet has come that begins like this, with what the pattern's group took of
    /// it. Answers pings meanwhile.
    Matcher await(Pattern answer, WebSocket socket) throws Exception {
        while (true) {
            var packet = packets.poll(left.call(), TimeUnit.NANOSECONDS);
            if (packet == null) {
                throw new TimeoutException(answer + " did not come");
            }
            var match = answer.matcher(packet);
            if (match.lookingAt()) {
                return match;
            }
            if (packet.equals(END)) {
                throw new IOException("closed before " + answer + " came");
            }
            if (packet.equals("2")) {
                socket.sendText("3", true).get(left.call(), TimeUnit.NANOSECONDS);
            }
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
        begun.append(text);
        if (last) {
            packets.add(begun.toString());
            begun.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        var bytes = new byte[data.remaining()];
        data.get(bytes);
        packets.add("b" + Base64.getEncoder().encodeToString(bytes));
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        packets.add(END);
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        packets.add(END);
        closed.completeExceptionally(error);
    }
}
