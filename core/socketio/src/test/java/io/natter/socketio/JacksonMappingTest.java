package io.natter.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.protocol.Payload;
import io.natter.socketio.payload.JacksonMapping;
import io.natter.socketio.payload.JsonMapping;
import io.natter.socketio.payload.PayloadException;
import io.natter.socketio.payload.TypeRef;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class JacksonMappingTest {
    private final JsonMapping mapping = new JacksonMapping();

    record Deep(String name, Map<String, byte[]> parts, Object any, ByteBuffer buffer) {}

    private static Payload payload(String json, byte[]... attachments) {
        byte[] bytes = ("  " + json + "  ").getBytes(UTF_8);
        return new Payload(bytes, 2, bytes.length - 2, List.of(attachments));
    }

    private static String json(Payload payload) {
        return new String(payload.buffer(), payload.from(), payload.length(), UTF_8);
    }

    @Test
    void bytesBecomePlaceholdersInTheirOrder() {
        var map = new LinkedHashMap<String, Object>();
        map.put("a", new byte[] {1});
        map.put("b", List.of(ByteBuffer.allocateDirect(2)));
        var written = mapping.writeArray("e", map, null, new byte[] {3}, 1L << 40, 1.5, true);
        assertThat(json(written))
                .isEqualTo(
                        "[\"e\",{\"a\":{\"_placeholder\":true,\"num\":0},"
                                + "\"b\":[{\"_placeholder\":true,\"num\":1}]},null,"
                                + "{\"_placeholder\":true,\"num\":2},1099511627776,1.5,true]");
        assertThat(written.attachments())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(new byte[] {1}, new byte[2], new byte[] {3});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_placeholder\":true,\"num\":1}",
                "{\"num\":1,\"_placeholder\":true}",
                " { \"num\" : 1 , \"_placeholder\" : true } "
            })
    void placeholdersBecomeBytesWhereverTheyStand(String placeholder) {
        byte[] bytes = {9};
        var read =
                (Deep)
                        mapping.read(
                                payload(
                                        "{\"name\":\"é\",\"parts\":{\"x\":%1$s},\"any\":[{\"y\":%1$s}],\"buffer\":%1$s}"
                                                .formatted(placeholder),
                                        new byte[0],
                                        bytes),
                                Deep.class);
        assertThat(read).isNotNull();
        assertThat(read.parts().get("x")).isSameAs(bytes);
        assertThat(read.any()).usingRecursiveComparison().isEqualTo(List.of(Map.of("y", bytes)));
        assertThat(read.buffer()).isEqualTo(ByteBuffer.wrap(bytes));
        var node =
                (JsonNode)
                        mapping.read(
                                payload("[" + placeholder + "]", new byte[0], bytes),
                                JsonNode.class);
        assertThat(node).isNotNull();
        assertThat(node.get(0).binaryValue()).isEqualTo(bytes);
        assertThat(json(mapping.write(node))).isEqualTo("[{\"_placeholder\":true,\"num\":0}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_placeholder\":false,\"num\":0}",
                "{\"_placeholder\":true}",
                "{\"_placeholder\":true,\"num\":1}",
                "{\"_placeholder\":true,\"num\":0,\"more\":1}",
                "{\"num\":0}",
                "{}"
            })
    void whatOnlyLooksLikeAPlaceholderIsAnObject(String json) {
        assertThat(mapping.read(payload("[" + json + "]", new byte[1]), Object.class))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .singleElement()
                .isInstanceOf(Map.class);
    }

    @Test
    void argumentsAreFoundWithoutReadingTheOthers() {
        var args =
                new Args(
                        mapping,
                        payload("[ \"na\\\"me\" , {\"a\":[1,\"]\"]} ,\"x\\\\\", -1.5e3,null,[] ]"),
                        1);
        assertThat(args.size()).isEqualTo(5);
        assertThat(args.get(0)).isEqualTo(Map.of("a", List.of(1, "]")));
        assertThat(args.get(1, String.class)).isEqualTo("x\\");
        assertThat(args.get(2, Double.class)).isEqualTo(-1500);
        assertThat(args.get(3)).isNull();
        assertThat(args.get(4, new TypeRef<List<Integer>>() {})).isEmpty();
        assertThat(args.get(5)).isNull();
        assertThat(args.get(-1)).isNull();
        assertThatThrownBy(() -> args.require(3, String.class))
                .isInstanceOf(PayloadException.class)
                .hasMessage("argument 3 is null");
        assertThatThrownBy(() -> args.require(5, String.class)).hasMessage("argument 5 is missing");
        assertThatThrownBy(() -> args.get(0, Integer.class))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("java.lang.Integer");
        assertThat(new Args(mapping, payload("[]"), 0).size()).isZero();
    }

    @Test
    void whatCannotBeWrittenIsRefused() {
        var endless = new ArrayList<Object>();
        endless.add(endless);
        assertThatThrownBy(() -> mapping.writeArray("e", endless))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
