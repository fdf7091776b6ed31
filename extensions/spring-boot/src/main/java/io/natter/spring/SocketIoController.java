package io.natter.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/// A bean whose methods handle the events of one namespace.
///
/// ```java
/// @SocketIoController("/chat")
/// class ChatController {
///     @OnConnect
///     void joined(Socket socket) {
///         socket.join("lobby");
///     }
///
///     @OnEvent("send")
///     Stored send(Socket socket, @Valid Message message) {
///         socket.to("lobby").emit("message", message);
///         return new Stored(message.id()); // the acknowledgement
///     }
/// }
/// ```
///
/// One bean serves all sockets: keep what belongs to a socket in `socket.data()`. The methods of
/// one socket run one at a time, on a virtual thread, so they may block.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface SocketIoController {

    // Without the alias, Spring would take the value for the name of the bean.
    /// The namespace; the main one by default. May have placeholders, as `${chat.namespace}`.
    @AliasFor("namespace")
    String value() default "/";

    /// The same as [#value].
    @AliasFor("value")
    String namespace() default "/";

    /// A regular expression for dynamic namespaces, as `/game-\\d+`. It must match a namespace's
    /// whole name. If it is set, [#value] is not used.
    String pattern() default "";
}
