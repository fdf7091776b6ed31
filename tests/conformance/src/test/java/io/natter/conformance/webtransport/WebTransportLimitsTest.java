package io.natter.conformance.webtransport;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import io.natter.engine.LimitExceeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Clients of WebTransport that break rules, send too much or do not read.
class WebTransportLimitsTest extends WebTransportCase {
    private static final String JOIN = "() => join({ transports: ['webtransport'] })";

    /// Opens a session with `first` and returns how it closed.
    private static Object closedAfter(Page page, String first) {
        return page.evaluate(
                "async (first) => { const it = await raw(); await it.text(first); return it.closed; }",
                first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2probe | 1002 the first packet is to be 0",
                "4hello | 1002 the first packet is to be 0",
                "0{\"sid\":7} | 1002 the first packet is to be 0",
                "0{\"sid\":\"nobody\"} | failed",
            })
    void aFirstPacketThatIsNoHandshakeClosesTheSession(String first, String closed)
            throws Exception {
        serve(options().build());
        assertThat((String) closedAfter(page(), first)).startsWith(closed);
        assertThat(io.engine().metrics().handshakes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1002 an empty frame",
        "'127, 0, 0, 0, 0, 255, 0, 0, 0', 1009 a message of more"
    })
    void aFrameOfAnImpossibleLengthClosesTheSession(String bytes, String closed) throws Exception {
        serve(options().build());
        var numbers = List.of(bytes.split(", ")).stream().map(Integer::valueOf).toList();
        var end =
                page().evaluate(
                                """
                                async (bytes) => {
                                  const it = await raw();
                                  await it.text('0');
                                  await it.stream.readable.getReader().read();
                                  await it.writer.write(Uint8Array.from(bytes));
                                  return it.closed;
                                }
                                """,
                                numbers);
        assertThat((String) end).startsWith(closed);
        assertThat(webTransport.metrics().violations()).isEqualTo(1);
        await().until(() -> io.engine().clientsCount() == 0);
    }

    @Test
    void textThatIsNotUtf8ClosesTheSession() throws Exception {
        serve(options().build());
        var end =
                page().evaluate(
                                """
                                async () => {
                                  const it = await raw();
                                  await it.text('0');
                                  await it.writer.write(Uint8Array.of(2, 0x34, 0xff));
                                  return it.closed;
                                }
                                """);
        assertThat((String) end).startsWith("1007");
    }

    @Test
    void aSecondStreamAndAnotherPathAreRefused() throws Exception {
        serve(options().build());
        var page = page();
        assertThat(page.evaluate("() => raw('/else/').then(() => 'open', () => 'refused')"))
                .isEqualTo("refused");
        var second =
                """
                async () => {
                  const it = await raw();
                  await it.text('0');
                  try {
                    const more = await it.session.createBidirectionalStream();
                    await more.writable.getWriter().write(Uint8Array.of(1, 0x30));
                    await more.readable.getReader().read();
                    return 'open';
                  } catch {
                    return 'refused';
                  }
                }
                """;
        assertThat(page.evaluate(second)).isEqualTo("refused");
    }

    @Test
    void aClientThatDoesNotReadIsClosedAndTheOthersAreServed() throws Exception {
        serve(options().maxWaitingBytes(2_000_000).build());
        var page = page();
        page.evaluate(JOIN);
        page.evaluate(
                "() => { window.still = new Promise((resolve) => socket.on('still', resolve)); }");
        page.evaluate(
                "async () => { window.silent = await raw(); await silent.text('0'); await silent.text('40'); }");
        await().until(() -> io.sockets().size() == 2);
        var text = "x".repeat(100_000);
        await().atMost(Duration.ofSeconds(90))
                .until(
                        () -> {
                            io.emit("news", text);
                            return io.sockets().size() == 1;
                        });
        assertThat(io.engine().metrics().limitsExceeded(LimitExceeded.Limit.WAITING_BYTES))
                .isEqualTo(1);
        io.emit("still", 1);
        assertThat(page.evaluate("() => still")).isEqualTo(1);
    }

    @Test
    void aClientThatSendsFasterThanHandlersRunWaitsAndLosesNothing() throws Exception {
        serve(options().build());
        var go = new Semaphore(0);
        var heard = new LinkedBlockingQueue<Integer>();
        io.onConnection(
                socket ->
                        socket.on(
                                "n",
                                Integer.class,
                                String.class,
                                (n, text) -> {
                                    go.acquire();
                                    go.release();
                                    heard.add(n);
                                }));
        var page = page();
        page.evaluate(JOIN);
        page.evaluate(
                "() => { for (let i = 0; i < 300; i++) socket.emit('n', i, 'x'.repeat(50_000)); }");
        await().until(() -> webTransport.metrics().messagesIn() > 2);
        assertThat(webTransport.metrics().messagesIn()).isLessThan(300);
        go.release();
        var all = new ArrayList<Integer>();
        for (int i = 0; i < 300; i++) {
            all.add(heard.poll(60, SECONDS));
        }
        assertThat(all).isEqualTo(IntStream.range(0, 300).boxed().toList());
    }
}
