package io.natter.spring;

import java.io.Serial;

/// The application is set up in a way that cannot work. Spring Boot prints both sentences at the
/// end of the log when the start fails.
public final class NatterSetupException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final String action;

    /// Says what is wrong, and what to do.
    ///
    /// @param problem what is wrong
    /// @param action what to do
    public NatterSetupException(String problem, String action) {
        super(problem + " " + action);
        this.action = action;
    }

    /// The problem, without the action.
    public String problem() {
        var message = String.valueOf(getMessage());
        return message.substring(0, message.length() - action.length() - 1);
    }

    /// The advice.
    public String action() {
        return action;
    }
}
