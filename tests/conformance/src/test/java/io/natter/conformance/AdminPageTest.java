package io.natter.conformance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.password4j.BcryptFunction;
import com.password4j.Password;
import io.natter.admin.AdminMode;
import io.natter.admin.AdminUi;
import io.natter.browser.Chromium;
import io.natter.netty.NettyHost;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The page of npm `@socket.io/admin-ui`, as `natter-admin` serves it, in a real browser.
class AdminPageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HASH =
            Password.hash("changeit").with(BcryptFunction.getInstance(4)).getResult();

    private static Chromium chromium;

    private final SocketIoServer io = SocketIoServer.create(SocketIoOptions.builder().build());
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // each test starts one
    private NettyHost host;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private Page page;

    @BeforeAll
    static void startBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stopBrowser() {
        chromium.close();
    }

    @BeforeEach
    void startServer() {
        io.onConnection(
                socket -> {
                    socket.join("lobby");
                    socket.data().put("name", "zoe");
                    socket.on(
                            "greet",
                            String.class,
                            (name, ack) -> socket.emit("welcome", Map.of("to", name)));
                });
        page = chromium.window(1400, 900, ColorScheme.LIGHT).newPage();
        page.onRequest(request -> requests.add(request.url()));
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error")) {
                        problems.add(message.text());
                    }
                });
    }

    @AfterEach
    void stopServer() {
        page.context().close();
        host.close();
    }

    private void instrument(AdminMode mode, boolean readOnly) {
        var options = AdminUi.builder().basicAuth("ana", HASH).mode(mode);
        AdminUi admin = (readOnly ? options.readOnly() : options).instrument(io);
        host =
                NettyHost.builder()
                        .endpoint(io)
                        .endpoint(admin.page())
                        .host("127.0.0.1")
                        .port(0)
                        .threads(1)
                        .listen();
    }

    private String url() {
        return "http://127.0.0.1:" + host.port();
    }

    private AdminUiPage signIn() {
        page.navigate(url() + "/admin-ui/");
        assertThat(page.getByLabel("Server URL")).hasValue(url());
        var admin = new AdminUiPage(page);
        admin.signIn("ana");
        return admin;
    }

    private Socket client() {
        var options = new IO.Options();
        options.transports = new String[] {"websocket"};
        options.forceNew = true;
        options.reconnection = false;
        var socket = IO.socket(URI.create(url()), options);
        socket.connect();
        await().atMost(PATIENCE).until(socket::connected);
        return socket;
    }

    @Test
    void allPagesShowWhatHappens() {
        instrument(AdminMode.DEVELOPMENT, false);
        Socket before = client();
        var admin = signIn();
        admin.open("Sockets");
        assertThat(admin.row(before.id())).isVisible(); // from here on the page is told of all
        Socket during = client();
        var welcomes = new CopyOnWriteArrayList<Object>();
        during.on("welcome", args -> welcomes.add(args[0]));
        during.emit("greet", "ana");
        await().atMost(PATIENCE).until(() -> !welcomes.isEmpty());

        admin.open("Dashboard");
        assertThat(page.getByText("Connection and disconnection events")).isVisible();
        assertThat(page.locator("canvas").first()).isVisible();
        Chromium.picture(page, "admin-dashboard");
        admin.open("Sockets");
        assertThat(admin.row(before.id())).containsText("WebSocket");
        assertThat(admin.row(during.id())).containsText("127.0.0.1");
        Chromium.picture(page, "admin-sockets");
        admin.open("Rooms");
        assertThat(admin.row("lobby")).containsText("2");
        admin.open("Clients");
        assertThat(page.locator("tbody tr")).hasCount(3);
        admin.open("Events");
        assertThat(admin.row("greet")).containsText("Event received");
        assertThat(admin.row("welcome")).containsText("Event sent");
        assertThat(admin.row("Connection").first()).isVisible();
        Chromium.picture(page, "admin-events");
        admin.open("Servers");
        assertThat(admin.row("Healthy")).hasCount(1);

        page.navigate(url() + "/admin-ui/#/n/%2F/sockets/" + before.id());
        assertThat(page.getByText("Socket details")).isVisible();
        assertThat(page.getByText("zoe").first()).isVisible();
        page.reload();
        assertThat(page.getByText("Socket details")).isVisible();
        assertThat(page.getByText("Invalid credentials")).isHidden();

        assertThat(requests).isNotEmpty().allMatch(address -> address.contains("://127.0.0.1:"));
        assertThat(problems).isEmpty();
        assertThat(
                        (Boolean)
                                page.evaluate(
                                        "document.fonts.check('16px \"Material Design Icons\"')"))
                .isTrue();
        before.close();
        during.close();
    }

    @Test
    void commandsOfThePageAreCarriedOut() {
        instrument(AdminMode.DEVELOPMENT, false);
        Socket first = client();
        Socket second = client();
        String firstId = first.id();
        var admin = signIn();
        admin.open("Sockets");
        admin.row(firstId).getByRole(AriaRole.BUTTON).last().click();
        await().atMost(PATIENCE).until(() -> !first.connected());
        // A click on a button of a row opens the details, too.
        assertThat(page.getByText("disconnected")).hasCount(2);
        admin.open("Sockets");
        assertThat(admin.row(second.id())).hasCount(1);
        assertThat(admin.row(firstId)).hasCount(0);
        assertThat(second.connected()).isTrue();
        page.navigate(url() + "/admin-ui/#/n/%2F/sockets/" + second.id());
        page.getByLabel("Join a room").fill("vip");
        page.keyboard().press("Enter");
        page.locator("main form button").click();
        await().atMost(PATIENCE).until(() -> io.of("/").rooms().contains("vip"));
        second.close();
    }

    @Test
    void productionHasTheDashboardAndTheServers() {
        instrument(AdminMode.PRODUCTION, true);
        Socket client = client();
        var admin = signIn();
        assertThat(page.getByText("Bytes received and sent")).isVisible();
        var links = page.getByRole(AriaRole.NAVIGATION).getByRole(AriaRole.LINK);
        assertThat(links.filter(new Locator.FilterOptions().setHasText("Sockets"))).hasCount(0);
        admin.open("Servers");
        assertThat(admin.row("Healthy")).hasCount(1);
        client.close();
    }
}
