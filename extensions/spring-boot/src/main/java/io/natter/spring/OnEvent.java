package io.natter.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/// A method of a [SocketIoController] that handles an event.
///
/// Parameters may be those of [OnConnect], [Args][io.natter.socketio.Args] and
/// [Ack][io.natter.socketio.Ack]. Every other parameter is an argument of the event, in their
/// order. An argument must be there and fit, unless the parameter is an `Optional` or has an
/// annotation `@Nullable`. If it does not, the method is not called, and the client gets the error
/// answer. A parameter of a type of [java.security.Principal] is required in the same way.
///
/// The returned value is the acknowledgement. A `CompletionStage` or a `Mono` is sent when it is
/// completed. A `void` method acknowledges without arguments when it returns, unless it has a
/// parameter [Ack][io.natter.socketio.Ack], which it then answers itself.
///
/// Constraints of Bean Validation at the parameters, and `@Valid`, are checked before the call. If
/// one is violated, the client gets `{"error": "bad payload", "violations": [{"path",
/// "message"}]}`.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerHints.class)
public @interface OnEvent {

    /// The name of the event.
    String value();
}
