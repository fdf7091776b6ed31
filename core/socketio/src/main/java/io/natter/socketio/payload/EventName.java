package io.natter.socketio.payload;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The name of the event of a method, if it is not the name of the method:
///
/// ```java
/// interface ChatClient {
///     @EventName("user joined")
///     void userJoined(User user);
/// }
/// ```
///
/// For interfaces whose methods are events, as in `socket.as(ChatClient.class)`.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventName {

    /// The name.
    String value();
}
