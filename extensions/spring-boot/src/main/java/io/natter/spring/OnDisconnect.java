package io.natter.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/// A method of a [SocketIoController] that runs when a socket has left, after the handlers of its
/// events. Parameters may be those of [OnConnect] and the
/// [DisconnectReason][io.natter.socketio.DisconnectReason].
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerHints.class)
public @interface OnDisconnect {}
