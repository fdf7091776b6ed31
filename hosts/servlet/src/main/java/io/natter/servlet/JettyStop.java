package io.natter.servlet;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.component.LifeCycle;

/// Runs a task when a Jetty begins to stop. A Jetty ends its connections before it destroys its
/// servlets, so that WebSockets would end without a close frame.
///
/// Only this class uses Jetty. It does not load in other containers, and in a web application that
/// does not see the classes of its server.
final class JettyStop implements LifeCycle.Listener {
    private final Runnable task;

    private JettyStop(Runnable task) {
        this.task = task;
    }

    /// Runs `task` when the server of the current servlet context begins to stop. The task must not
    /// throw.
    ///
    /// @return forgets the task
    /// @throws LinkageError if there is no Jetty
    static Runnable listen(Runnable task) {
        var context = ContextHandler.getCurrentContextHandler();
        Server server = context == null ? null : context.getServer();
        if (server == null) {
            return () -> {};
        }
        var listener = new JettyStop(task);
        server.addEventListener(listener);
        return () -> server.removeEventListener(listener);
    }

    @Override
    public void lifeCycleStopping(LifeCycle server) {
        task.run();
    }
}
