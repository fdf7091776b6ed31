package io.natter.engine.polling;

import io.natter.host.HttpExchange;
import io.natter.host.Strand;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The body of a POST whose connection lives on another strand than its session. It is read on that
/// strand from the start, so that a complete body is handled even if the connection ends. Then it
/// waits for the session to ask for it.
public final class PostBody implements HttpExchange.BodyReader {
    private final Strand home;

    // On the session's strand.
    private HttpExchange.@Nullable BodyReader reader;
    private @Nullable Consumer<HttpExchange.BodyReader> outcome;

    /// @param home the session's strand
    public PostBody(Strand home) {
        this.home = home;
    }

    @Override
    public void complete(byte[] body) {
        home.executeAfterReads(() -> arrived(to -> to.complete(body)));
    }

    @Override
    public void tooLarge() {
        home.executeAfterReads(() -> arrived(HttpExchange.BodyReader::tooLarge));
    }

    private void arrived(Consumer<HttpExchange.BodyReader> what) {
        if (reader == null) {
            outcome = what;
        } else {
            what.accept(reader);
        }
    }

    /// Gives the body to `to`, now or when it has come. On the session's strand.
    public void readBy(HttpExchange.BodyReader to) {
        reader = to;
        var there = outcome;
        if (there != null) {
            outcome = null;
            there.accept(to);
        }
    }
}
