package io.natter.chat.web;

import io.natter.admin.AdminMode;
import io.natter.admin.AdminUi;
import io.natter.chat.access.Origins;
import io.natter.chat.access.SessionCookie;
import io.natter.chat.domain.ChatException;
import io.natter.chat.domain.person.Role;
import io.natter.chat.domain.store.ChatStore;
import io.natter.host.Endpoint;
import io.natter.host.HttpExchange;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.UpgradeExchange;
import io.natter.socketio.ConnectException;
import io.natter.socketio.SocketIoServer;

/// The Admin UI of Socket.IO for owners of the chat, who also need its password. It shows numbers
/// only, no events, which are people's messages; and it has no commands, because the audit log
/// would not know of them.
final class OwnersAdminUi implements Endpoint {
    private static final String NAMESPACE = "/admin";
    private static final String USER = "admin";
    private static final String OWNERS_ONLY =
            "Sign in to the chat as an owner first, with this browser.\n";

    private final ChatStore store;
    private final Origins origins;
    private final AdminUi admin;
    private final Endpoint page;

    /// @param passwordHash a hash of bcrypt or Argon2
    OwnersAdminUi(SocketIoServer io, ChatStore store, Origins origins, String passwordHash) {
        this.store = store;
        this.origins = origins;
        io.of(NAMESPACE)
                .use(
                        socket -> {
                            if (!isOwner(socket.handshake().request())) {
                                throw new ConnectException("Only owners may use this.");
                            }
                        });
        admin =
                AdminUi.builder()
                        .basicAuth(USER, passwordHash)
                        .mode(AdminMode.PRODUCTION)
                        .readOnly()
                        .namespaceName(NAMESPACE)
                        .pagePath(origins.basePath() + "/admin-ui")
                        .instrument(io);
        page = admin.page();
    }

    private boolean isOwner(HttpRequest request) {
        try {
            return SessionCookie.read(
                            request.header("cookie"), origins.cookies(request.header("host")))
                    .flatMap(store.sessions()::session)
                    .map(session -> store.accounts().profile(session.person().id()).role())
                    .filter(role -> role == Role.OWNER)
                    .isPresent();
        } catch (ChatException _) {
            return false; // the store is in trouble
        }
    }

    @Override
    public boolean matches(String path) {
        return page.matches(path);
    }

    @Override
    public boolean matchesUpgrade(String path) {
        return false;
    }

    /// Asks the store, so not on the strand.
    @Override
    public void http(HttpExchange exchange) {
        var _ =
                Thread.startVirtualThread(
                        () -> {
                            if (isOwner(exchange.request())) {
                                page.http(exchange);
                            } else {
                                exchange.respond(HttpResponse.text(403, OWNERS_ONLY));
                            }
                        });
    }

    @Override
    public void upgrade(UpgradeExchange exchange) {
        throw new IllegalStateException("the page matches no upgrade");
    }

    @Override
    public void close() {
        admin.close();
    }
}
