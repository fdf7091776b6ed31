package io.natter.conformance;

import io.natter.engine.CloseReason;
import io.natter.engine.EngineListener;
import io.natter.engine.EngineSession;
import io.natter.engine.Outgoing;
import io.natter.protocol.EngineMessage;
import java.util.Arrays;

/// Sends text back as text and bytes as bytes.
class Echo implements EngineListener {
    final EngineSession session;

    Echo(EngineSession session) {
        this.session = session;
    }

    @Override
    public void text(byte[] buffer, int from, int to) {
        send(new EngineMessage.Text(Arrays.copyOfRange(buffer, from, to)));
    }

    @Override
    public void binary(byte[] data) {
        send(new EngineMessage.Binary(data));
    }

    final void send(EngineMessage frame) {
        session.send(Outgoing.of(frame));
    }

    @Override
    public void closed(CloseReason reason, String detail) {}
}
