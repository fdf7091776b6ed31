package io.natter.socketio;

/// Runs around each call of a handler: for tracing, logging contexts, transactions, security
/// contexts and timing. Added with [SocketIoServer#around] or [Namespace#around].
///
/// ```java
/// io.around(call -> {
///     MDC.put("socket", call.socket().id());
///     try {
///         call.proceed();
///     } finally {
///         MDC.clear();
///     }
/// });
/// ```
///
/// It runs on the handler's thread, so it may block where handlers may. An [EventMiddleware] runs
/// before all handlers of an event, and not inside.
@FunctionalInterface
public interface HandlerInterceptor {

    /// Calls the handler by [HandlerCall#proceed], or not at all.
    ///
    /// @throws Exception as if the handler had thrown it. `proceed` throws the handler's
    ///   exceptions. An exception that the interceptor passes on is logged, counted and answered
    void around(HandlerCall call) throws Exception;
}
