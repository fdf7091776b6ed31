package io.natter.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/// A method of a [SocketIoController] that runs with each socket that joins the namespace, before
/// the handlers of its events. Parameters may be [Socket][io.natter.socketio.Socket],
/// [Namespace][io.natter.socketio.Namespace],
/// [SocketIoServer][io.natter.socketio.SocketIoServer], [Handshake][io.natter.socketio.Handshake]
/// and [Principal][java.security.Principal] or a subtype.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerHints.class)
public @interface OnConnect {}
