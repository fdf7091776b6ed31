package io.natter.socketio;

import org.jspecify.annotations.Nullable;

/// The handlers of events, by what they take.
public interface Listener {

    /// For an event without arguments.
    @FunctionalInterface
    interface NoArgs {
        /// The event came.
        void on() throws Exception;
    }

    /// For the first argument.
    @FunctionalInterface
    interface Value<T> {
        /// The event came with this value, never null.
        void on(T value) throws Exception;
    }

    /// For the first argument and the acknowledgement.
    @FunctionalInterface
    interface ValueAck<T> {
        /// The event came with this value, never null.
        void on(T value, Ack ack) throws Exception;
    }

    /// For two arguments.
    @FunctionalInterface
    interface Values<A, B> {
        /// The event came with these values, never null.
        void on(A first, B second) throws Exception;
    }

    /// For two arguments and the acknowledgement.
    @FunctionalInterface
    interface ValuesAck<A, B> {
        /// The event came with these values, never null.
        void on(A first, B second, Ack ack) throws Exception;
    }

    /// For an event without arguments. The returned value is the acknowledgement.
    @FunctionalInterface
    interface Reply {
        /// The event came.
        ///
        /// @return the answer, or a `CompletionStage` of it
        @Nullable Object on() throws Exception;
    }

    /// For the first argument. The returned value is the acknowledgement.
    ///
    /// @param <T> the type of the argument
    /// @param <R> the type of the answer
    @FunctionalInterface
    interface ValueReply<T, R extends @Nullable Object> {
        /// The event came with this value, never null.
        ///
        /// @return the answer, or a `CompletionStage` of it
        R on(T value) throws Exception;
    }

    /// For two arguments. The returned value is the acknowledgement.
    ///
    /// @param <A> the type of the first argument
    /// @param <B> the type of the second argument
    @FunctionalInterface
    interface ValuesReply<A, B> {
        /// The event came with these values, never null.
        ///
        /// @return the answer, or a `CompletionStage` of it
        @Nullable Object on(A first, B second) throws Exception;
    }

    /// For any number of arguments. What it returns is the acknowledgement.
    @FunctionalInterface
    interface AnyReply {
        /// The event came.
        ///
        /// @return the answer, or a `CompletionStage` of it
        @Nullable Object on(Args args) throws Exception;
    }

    /// For any number of arguments.
    @FunctionalInterface
    interface Any {
        /// The event came.
        void on(Args args, Ack ack) throws Exception;
    }

    /// For every event, whatever its name: see [Socket#onAny] and [Socket#onAnyOutgoing].
    @FunctionalInterface
    interface CatchAll {
        /// The event of that name came, or went out.
        void on(String event, Args args) throws Exception;
    }
}
