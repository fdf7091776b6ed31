package io.natter.netty.loop;

import java.io.Serial;

/// There is too little direct memory left to serve a client. The client is to be closed.
final class DirectMemoryError extends OutOfMemoryError {
    @Serial private static final long serialVersionUID = 1;

    DirectMemoryError(String message) {
        super(message);
    }
}
