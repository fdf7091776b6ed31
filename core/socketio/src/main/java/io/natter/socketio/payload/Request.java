package io.natter.socketio.payload;

/// An [Event] with an acknowledgement, and the type of the answer. Usually a constant:
///
/// ```java
/// static final Request<Move, Board> MOVE = Request.of("move", Move.class, Board.class);
///
/// socket.on(MOVE, move -> board.apply(move));       // the returned value is the acknowledgement
/// Board board = socket.call(MOVE, new Move(1, 2));  // asks the client, and waits
/// ```
///
/// Immutable.
///
/// @param <A> the type of the payload
/// @param <R> the type of the answer
public final class Request<A, R> {
    private final Event<A> event;
    private final TypeRef<R> answer;

    private Request(Event<A> event, TypeRef<R> answer) {
        this.event = event;
        this.answer = answer;
    }

    /// A request with one argument.
    public static <A, R> Request<A, R> of(String name, Class<A> type, Class<R> answer) {
        return of(Event.of(name, type), answer);
    }

    /// A request whose payload is that of an event, so of any type or with several arguments.
    public static <A, R> Request<A, R> of(Event<A> event, Class<R> answer) {
        return of(event, TypeRef.of(answer));
    }

    /// As [#of(Event, Class)], for an answer of a generic type.
    public static <A, R> Request<A, R> of(Event<A> event, TypeRef<R> answer) {
        return new Request<>(event, answer);
    }

    /// The event that asks.
    public Event<A> event() {
        return event;
    }

    /// The name of the event.
    public String name() {
        return event.name();
    }

    /// The type of the answer.
    public TypeRef<R> answer() {
        return answer;
    }

    @Override
    public String toString() {
        return "Request[" + event + ", " + answer.type().getTypeName() + "]";
    }
}
