package io.natter.spring;

import io.natter.socketio.Handshake;
import io.natter.socketio.Namespace;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoServer;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.security.Principal;
import org.springframework.aot.hint.annotation.Reflective;

/// A method of a [SocketIoController] that runs with each socket that joins the namespace, before
/// the handlers of its events. Parameters may be [Socket], [Namespace], [SocketIoServer],
/// [Handshake] and [Principal] or a subtype.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerHints.class)
public @interface OnConnect {}
