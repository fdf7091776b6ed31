package io.natter.engine;

import static io.natter.engine.ConnectionError.Code.BAD_REQUEST;
import static io.natter.engine.ConnectionError.Code.FORBIDDEN;
import static io.natter.engine.ConnectionError.Code.UNSUPPORTED_PROTOCOL_VERSION;
import static java.util.Objects.requireNonNull;

import io.natter.engine.RequestVerifier.Outcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Leads requests through middleware, the checks of [RequestVerifier], `allowRequest` and
/// `generateId`, in this order. Code of the application may block, so it runs on a virtual thread.
/// Without such code, a request is processed in one task on its strand.
final class RequestPipeline {
    private final SessionContext context;
    private final EngineOptions options;
    private final RequestVerifier verifier;
    private final List<EngineMiddleware> middleware = new CopyOnWriteArrayList<>();

    /// Requests that wait for the application: handshakes, and requests of open sessions. Neither
    /// may keep the other out.
    private final AtomicInteger handshakes = new AtomicInteger();

    private final AtomicInteger requests = new AtomicInteger();

    private final AtomicBoolean protocol3Logged = new AtomicBoolean();

    RequestPipeline(SessionContext context) {
        this.context = context;
        this.options = context.options();
        this.verifier = new RequestVerifier(context);
    }

    void use(EngineMiddleware next) {
        middleware.add(next);
    }

    /// On the request's strand.
    void enter(EngineRequest call) {
        guarded(call, () -> receive(call));
    }

    /// Answers whatever is thrown.
    private void guarded(EngineRequest call, Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            context.logs().failure("request", "a request could not be dealt with", e);
            call.fail();
        }
    }

    private void receive(EngineRequest call) {
        var cors = options.cors();
        if (cors != null) {
            boolean preflight = !call.isUpgrade() && call.request().method().equals("OPTIONS");
            if (preflight && !cors.preflightContinue()) {
                call.answer(cors.preflight(call.request()));
                return;
            }
            cors.apply(call.request(), call.headers());
        }
        if (middleware.isEmpty()) {
            check(call);
        } else {
            aside(call, new Refusal(BAD_REQUEST, "MIDDLEWARE_FAILURE"), () -> runMiddleware(call));
        }
    }

    private Runnable runMiddleware(EngineRequest call) throws Exception {
        for (var next : middleware) {
            var answer = next.handle(call.request(), call.headers());
            if (answer != null) {
                return () -> call.endWith(answer);
            }
        }
        return () -> check(call);
    }

    private void check(EngineRequest call) {
        switch (verifier.check(call)) {
            case Outcome.Refused(var refusal) -> call.refuse(refusal);
            case Outcome.Member(var session) -> call.join(session);
            case Outcome.Newcomer() -> welcome(call);
        }
    }

    private void welcome(EngineRequest call) {
        var place = context.place(call.request());
        if (place == null) {
            var message = "Too many connections from this address";
            context.limitExceeded(
                    LimitExceeded.Limit.CONNECTIONS_PER_ADDRESS,
                    call.request(),
                    null,
                    options.maxConnectionsPerAddress() + " sessions from one address");
            call.refuse(new Refusal(FORBIDDEN, message, "CONNECTIONS_PER_ADDRESS"));
            return;
        }
        call.takes(place);
        var allow = options.allowRequest();
        if (allow == null) {
            identify(call);
        } else {
            aside(
                    call,
                    new Refusal(FORBIDDEN, "ALLOW_REQUEST_FAILURE"),
                    () -> {
                        var answer = allow.decide(call.request());
                        if (answer.allowed()) {
                            return () -> identify(call);
                        }
                        var said = answer.message();
                        var message = said == null ? FORBIDDEN.message() : said;
                        return () -> call.refuse(new Refusal(FORBIDDEN, message, "ALLOW_REQUEST"));
                    });
        }
    }

    private void identify(EngineRequest call) {
        var generate = options.generateId();
        if (call.protocol() == 3 && !options.allowEio3()) {
            logProtocol3(call);
            call.refuse(new Refusal(UNSUPPORTED_PROTOCOL_VERSION, "protocol 3"));
        } else if (generate == null) {
            open(call, context.nextId());
        } else {
            aside(
                    call,
                    new Refusal(BAD_REQUEST, "ID_GENERATION_ERROR"),
                    () -> {
                        var id = requireNonNull(generate.apply(call.request()));
                        return () -> open(call, id);
                    });
        }
    }

    /// Its client sees only that the handshake fails, so the log says why, once.
    private void logProtocol3(EngineRequest call) {
        if ("3".equals(call.parameter("EIO")) && protocol3Logged.compareAndSet(false, true)) {
            context.logs()
                    .warn(
                            "protocol 3",
                            "refused a client of Engine.IO 3, which Socket.IO 2 speaks: update the"
                                    + " client to version 3 or later, or set the option allowEio3."
                                    + " Further ones are not logged");
        }
    }

    /// The server may have begun to close or to drain while the application was asked.
    private void open(EngineRequest call, String id) {
        var answer = context.newcomersRefused();
        if (answer != null) {
            call.endWith(answer);
        } else if (context.isClosing()) {
            call.refuse(new Refusal(FORBIDDEN, "Server is shutting down", "CLOSING"));
        } else {
            call.open(id);
        }
    }

    /// Runs the application's part on a virtual thread and what it returns on the call's strand.
    private void aside(EngineRequest call, Refusal onFailure, Question question) {
        var sid = call.sid();
        boolean newcomer = sid == null || context.session(sid) == null;
        var slots = newcomer ? handshakes : requests;
        int max = options.maxHandshakesInFlight();
        if (slots.incrementAndGet() > max && max > 0) {
            slots.decrementAndGet();
            tooMany(call, newcomer ? "handshakes" : "requests of sessions");
            return;
        }
        if (newcomer) {
            call.watch();
        }
        boolean asked = false;
        try {
            Thread.startVirtualThread(() -> ask(call, slots, onFailure, question));
            asked = true;
        } finally {
            if (!asked) {
                slots.decrementAndGet();
            }
        }
    }

    private void ask(
            EngineRequest call, AtomicInteger slots, Refusal onFailure, Question question) {
        Runnable next = () -> call.refuse(onFailure);
        Throwable failure = null;
        try {
            next = question.ask();
        } catch (Throwable e) {
            failure = e;
        } finally {
            slots.decrementAndGet();
        }
        goOn(call, next);
        if (failure != null) {
            context.logs().failure(onFailure.detail(), onFailure.detail(), failure);
        }
    }

    private void goOn(EngineRequest call, Runnable next) {
        if (!call.strand().tryExecute(() -> guarded(call, () -> unlessGone(call, next)))) {
            call.place().free();
        }
    }

    private static void unlessGone(EngineRequest call, Runnable next) {
        if (call.isGone()) {
            call.place().free();
        } else {
            next.run();
        }
    }

    private void tooMany(EngineRequest call, String what) {
        context.limitExceeded(
                LimitExceeded.Limit.HANDSHAKES_IN_FLIGHT,
                call.request(),
                null,
                options.maxHandshakesInFlight() + " " + what + " in flight");
        call.refuse(
                new Refusal(FORBIDDEN, "Too many handshakes in flight", "HANDSHAKES_IN_FLIGHT"));
    }

    private interface Question {
        Runnable ask() throws Exception;
    }
}
