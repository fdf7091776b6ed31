package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Options that make no sense are refused by name when a server is built.
final class OptionsTest {
    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // callers without a checker do this
    void nullIsRefusedByTheNameOfItsOption() {
        Map<String, Consumer<SocketIoOptions.Builder>> nulls = new LinkedHashMap<>();
        nulls.put("parser", b -> b.parser(null));
        nulls.put("mapping", b -> b.mapping(null));
        nulls.put("limits", b -> b.limits(null));
        nulls.put("dispatch", b -> b.dispatch(null));
        nulls.put("executor", b -> b.executor(null));
        nulls.put("clock", b -> b.clock(null));
        nulls.put("errorAnswer", b -> b.errorAnswer(null));
        nulls.put("connectTimeout", b -> b.connectTimeout(null));
        nulls.put("pingInterval", b -> b.pingInterval(null));
        nulls.put("path", b -> b.path(null));
        nulls.put("clientAddress", b -> b.clientAddress(null));
        nulls.put("memoryBudget", b -> b.memoryBudget(null));
        nulls.forEach(
                (name, set) ->
                        assertThatThrownBy(
                                        () -> {
                                            var builder = SocketIoOptions.builder();
                                            set.accept(builder);
                                            builder.build();
                                        })
                                .as(name)
                                .isInstanceOf(NullPointerException.class)
                                .hasMessage(name + " must not be null"));
    }

    @Test
    void boundsMustBePositive() {
        assertThatThrownBy(() -> SocketIoOptions.builder().maxNamespacesPerConnection(0).build())
                .hasMessage("maxNamespacesPerConnection must be positive");
        assertThatThrownBy(() -> SocketIoOptions.builder().maxConnectsInFlight(0).build())
                .hasMessage("maxConnectsInFlight must be positive");
        assertThatThrownBy(() -> SocketIoOptions.builder().maxDynamicNamespaces(-1).build())
                .hasMessage("maxDynamicNamespaces must be positive");
        assertThatThrownBy(() -> SocketIoOptions.builder().maxWaitingEventBytes(-1).build())
                .hasMessage("maxWaitingEventBytes must not be negative");
    }

    @Test
    void waitingEventsMayHoldFourMessagesUnlessToldOtherwise() {
        assertThat(SocketIoOptions.builder().maxHttpBufferSize(500).build().maxWaitingEventBytes())
                .isEqualTo(2000);
        assertThat(
                        SocketIoOptions.builder()
                                .maxWaitingEventBytes(77)
                                .build()
                                .maxWaitingEventBytes())
                .isEqualTo(77);
    }
}
