package io.natter.engine;

import static io.natter.engine.ConnectionError.Code.BAD_REQUEST;
import static io.natter.engine.ConnectionError.Code.FORBIDDEN;
import static io.natter.engine.ConnectionError.Code.UNSUPPORTED_PROTOCOL_VERSION;

import io.natter.engine.Admission.Outcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Leads requests through middleware, the checks of [Admission], `allowRequest` and `generateId`,
/// in this order. What belongs to the application may block and runs on a virtual thread; where
/// there is none of it, a request goes through in one go on its strand.
final class Entrance {
    private static final Logger log = LoggerFactory.getLogger(Entrance.class);

    private final EngineServer server;
    private final EngineOptions options;
    private final Admission admission;
    private final List<EngineMiddleware> middleware = new CopyOnWriteArrayList<>();
    private final AtomicInteger handshakes = new AtomicInteger();

    Entrance(EngineServer server) {
        this.server = server;
        this.options = server.options();
        this.admission = new Admission(server);
    }

    void use(EngineMiddleware next) {
        middleware.add(next);
    }

    /// On the request's strand.
    void enter(Call call) {
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

    private Runnable runMiddleware(Call call) throws Exception {
        for (var next : middleware) {
            var answer = next.handle(call.request(), call.headers());
            if (answer != null) {
                return () -> call.answer(answer);
            }
        }
        return () -> check(call);
    }

    private void check(Call call) {
        switch (admission.check(call)) {
            case Outcome.Refused(var refusal) -> call.refuse(refusal);
            case Outcome.Member(var session) -> call.join(session);
            case Outcome.Newcomer() -> welcome(call);
        }
    }

    private void welcome(Call call) {
        if (server.isFull(call.request())) {
            var message = "Too many connections from this address";
            server.hit(
                    LimitHit.Limit.CONNECTIONS_PER_ADDRESS,
                    call.request(),
                    null,
                    options.maxConnectionsPerAddress() + " sessions from one address");
            call.refuse(new Refusal(FORBIDDEN, message, "CONNECTIONS_PER_ADDRESS"));
            return;
        }
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

    private void identify(Call call) {
        var generate = options.generateId();
        if (call.protocol() == 3 && !options.allowEio3()) {
            call.refuse(new Refusal(UNSUPPORTED_PROTOCOL_VERSION, "protocol 3"));
        } else if (server.isClosing()) {
            call.refuse(new Refusal(FORBIDDEN, "Server is shutting down", "CLOSING"));
        } else if (generate == null) {
            call.open(SessionIds.next());
        } else {
            aside(
                    call,
                    new Refusal(BAD_REQUEST, "ID_GENERATION_ERROR"),
                    () -> {
                        var id = generate.apply(call.request());
                        return () -> call.open(id);
                    });
        }
    }

    /// Runs the application's part on a virtual thread and what it returns on the call's strand.
    private void aside(Call call, Refusal onException, Question question) {
        boolean handshake = call.sid() == null;
        if (handshake && !enterHandshake(call)) {
            return;
        }
        Thread.startVirtualThread(
                () -> {
                    Runnable next;
                    try {
                        next = question.ask();
                    } catch (Exception e) {
                        log.warn("{}: {}", onException.detail(), call.request().path(), e);
                        next = () -> call.refuse(onException);
                    }
                    if (handshake) {
                        handshakes.decrementAndGet();
                    }
                    call.strand().execute(next);
                });
    }

    private boolean enterHandshake(Call call) {
        int max = options.maxHandshakesInFlight();
        if (handshakes.incrementAndGet() <= max || max == 0) {
            return true;
        }
        handshakes.decrementAndGet();
        server.hit(
                LimitHit.Limit.HANDSHAKES_IN_FLIGHT,
                call.request(),
                null,
                max + " handshakes in flight");
        call.refuse(
                new Refusal(FORBIDDEN, "Too many handshakes in flight", "HANDSHAKES_IN_FLIGHT"));
        return false;
    }

    private interface Question {
        Runnable ask() throws Exception;
    }
}
