package io.natter.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.protocol.Payload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class JsonValuesTest {
    private static List<String> elements(String array) {
        byte[] json = array.getBytes(UTF_8);
        int[] found = JsonValues.elements(json, 0, json.length);
        var texts = new ArrayList<String>();
        for (int i = 0; i < found.length; i += 2) {
            texts.add(new String(json, found[i], found[i + 1] - found[i], UTF_8));
        }
        return texts;
    }

    private static @Nullable String member(String object, String name) {
        Payload found = Payload.of(object.getBytes(UTF_8)).member(name);
        return found == null
                ? null
                : new String(found.buffer(), found.from(), found.length(), UTF_8);
    }

    private static @Nullable String plainText(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return JsonValues.plainText(bytes, 0, bytes.length);
    }

    @Test
    void findsTheElementsOfAnArray() {
        assertThat(elements("[]")).isEmpty();
        assertThat(elements(" [ ] ")).isEmpty();
        assertThat(elements("[1]")).containsExactly("1");
        assertThat(elements(" [ \"a,]\\\"\" , [1,[2]] ,{\"x\":[\"]\"]}\t,\nnull,-1.5e3 ] "))
                .containsExactly("\"a,]\\\"\"", "[1,[2]]", "{\"x\":[\"]\"]}", "null", "-1.5e3");
        assertThat(elements("[0,1,2,3,4,5,6,7,8,9]")).hasSize(10);
    }

    @Test
    void findsTheLastMemberOfAName() {
        assertThat(member("{}", "a")).isNull();
        assertThat(member("[\"a\"]", "a")).isNull();
        assertThat(member("\"a\"", "a")).isNull();
        assertThat(member("{\"a\":1,\"b\":2}", "b")).isEqualTo("2");
        assertThat(member(" { \"a\" : {\"b\":1} , \"b\" : \"}\" } ", "b")).isEqualTo("\"}\"");
        assertThat(member("{\"a\":1,\"a\":2}", "a")).isEqualTo("2");
        assertThat(member("{\"\\u0061\":1}", "a")).isEqualTo("1");
        assertThat(member("{\"x\":{\"a\":1}}", "a")).isNull();
        assertThat(member("{\"ä\":1}", "ä")).isEqualTo("1");
    }

    @Test
    void readsAStringWithNothingToDecode() {
        assertThat(plainText("\"\"")).isEmpty();
        assertThat(plainText("\"plain /text\"")).isEqualTo("plain /text");
        assertThat(plainText("\"é\"")).isNull();
        assertThat(plainText("\"a\\n\"")).isNull();
        assertThat(plainText("\"")).isNull();
        assertThat(plainText("null")).isNull();
        assertThat(plainText("12")).isNull();
    }

    @Test
    void quotesAsJsonStringifyDoes() {
        assertThat(JsonWriter.quote("")).isEqualTo("\"\"");
        assertThat(JsonWriter.quote("a\"\\\n\r\t\b\f\u0001é€/\u007f"))
                .isEqualTo("\"a\\\"\\\\\\n\\r\\t\\b\\f\\u0001é€/\u007f\"");
        assertThat(JsonWriter.quote("\ud83d\ude00 \ud83d \ude00"))
                .isEqualTo("\"\ud83d\ude00 \\ud83d \\ude00\"");
    }
}
