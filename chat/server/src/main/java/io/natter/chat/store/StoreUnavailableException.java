package io.natter.chat.store;

import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The data directory cannot be used. The message is one sentence for the administrator of the
/// server, and says what to do.
public final class StoreUnavailableException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    /// The message for an operator about an unexpected failure, if it comes from the database.
    public static Optional<String> sentence(Throwable failure) {
        SqlFault fault = SqlFault.of(failure);
        return SqlFault.isIn(failure)
                ? Optional.of(
                        "The database failed with %s. %s".formatted(fault.detail(), fault.remedy()))
                : Optional.empty();
    }

    /// @param message one sentence that says what to do
    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
