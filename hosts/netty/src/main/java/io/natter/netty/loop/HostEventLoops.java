package io.natter.netty.loop;

import io.natter.host.Loggers;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The event loops of a host of our own. No exception ends one. Netty's own loops rethrow an
/// `Error` of a connection and end, with all their connections.
public final class HostEventLoops extends MultiThreadIoEventLoopGroup {
    private static final FailureLog FAILURES = new FailureLog(Loggers.of(HostEventLoops.class));

    /// The time for tasks before the loop reads its sockets again. A client that causes many tasks
    /// must not keep the others waiting, and Netty's own limit is a second.
    private static final long MAX_TASKS_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    public HostEventLoops(int threads, IoHandlerFactory handlers, HostCounters counters) {
        super(threads, new DefaultThreadFactory("natter"), handlers, counters);
    }

    @Override
    protected IoEventLoop newChild(
            Executor executor, IoHandlerFactory ioHandlerFactory, Object... args) {
        return new Loop(this, executor, ioHandlerFactory, (HostCounters) args[0]);
    }

    /// One event loop.
    static final class Loop extends SingleThreadIoEventLoop {
        private final HostCounters counters;
        private final Guard guard = new Guard();

        Loop(
                IoEventLoopGroup parent,
                Executor executor,
                IoHandlerFactory handlers,
                HostCounters counters) {
            super(parent, executor, handlers);
            this.counters = counters;
        }

        /// Counts and logs what was thrown.
        void failed(String what, Throwable cause) {
            counters.failed(cause);
            FAILURES.report(what, cause);
        }

        @Override
        protected int runIo() {
            try {
                return super.runIo();
            } catch (Throwable t) {
                failed(
                        "What came for a connection could not be handled; the event loop goes on",
                        t);
                return 0;
            }
        }

        @Override
        protected boolean runAllTasks(long timeoutNanos) {
            try {
                return super.runAllTasks(Math.min(timeoutNanos, MAX_TASKS_NANOS));
            } catch (Throwable t) {
                failed("The tasks of an event loop were interrupted; it goes on", t);
                return true;
            }
        }

        /// The next task, in a guard of which there is one: a task is run before the next is
        /// fetched.
        @Override
        protected @Nullable Runnable pollTask() {
            var next = super.pollTask();
            if (next == null) {
                return null;
            }
            guard.task = next;
            return guard;
        }

        private final class Guard implements Runnable {
            private @Nullable Runnable task;

            @Override
            public void run() {
                var next = task;
                task = null;
                try {
                    if (next != null) {
                        next.run();
                    }
                } catch (Throwable t) {
                    failed("A task of an event loop threw; the event loop goes on", t);
                }
            }
        }
    }
}
