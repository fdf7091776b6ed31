package io.natter.socketio.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.natter.protocol.Payload;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// The defaults of the mapping suit what JavaScript sends.
final class DefaultMapperTest {
    private final JsonMapping mapping = new JacksonMapping();

    enum Colour {
        RED
    }

    record Point(int x, int y) {}

    record Person(
            String name, @Nullable String nick, Optional<Integer> age, @Nullable Colour hat) {}

    record Team(List<Person> people, Map<String, Point> places) {}

    record Marked(@JsonProperty(value = "n", required = false) @Nullable String name) {}

    private @Nullable Object read(String json, Type type) {
        return mapping.read(Payload.of(json.getBytes(UTF_8)), type);
    }

    private static String json(Payload payload) {
        return new String(payload.buffer(), payload.from(), payload.length(), UTF_8);
    }

    @Test
    void dateNowIsAnInstant() {
        assertThat(read("1795717320123", Instant.class))
                .isEqualTo(Instant.ofEpochMilli(1795717320123L));
        assertThat(read("\"2026-11-26T18:22:00.123Z\"", Instant.class))
                .isEqualTo(Instant.parse("2026-11-26T18:22:00.123Z"));
        assertThat(json(mapping.writeArray(Instant.parse("2026-11-26T18:22:00.123Z"))))
                .isEqualTo("[\"2026-11-26T18:22:00.123Z\"]");
    }

    @Test
    void theRulesCanBeAddedToAnotherMapper() {
        var snakes =
                JsonMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .build();
        var added = new JacksonMapping(JacksonMapping.forPayloads(snakes.rebuild()).build());
        record Sent(String fromUser, Instant at) {}
        var json = "{\"from_user\":\"ana\",\"at\":1795717320123}";
        assertThat(added.read(Payload.of(json.getBytes(UTF_8)), Sent.class))
                .isEqualTo(new Sent("ana", Instant.ofEpochMilli(1795717320123L)));
        assertThatThrownBy(() -> added.read(Payload.of("{}".getBytes(UTF_8)), Sent.class))
                .hasMessageContaining("$.from_user is missing");
    }

    @ParameterizedTest
    @CsvSource({"5.5, java.lang.Long", "5.5, java.lang.Integer", "1e400, java.lang.Long"})
    void aFractionIsNoInteger(String json, Class<?> type) {
        assertThatThrownBy(() -> read(json, type)).isInstanceOf(PayloadException.class);
    }

    @Test
    void anIntegerIsADouble() {
        assertThat(read("5", Double.class)).isEqualTo(5.0);
        assertThat(read("5", Long.class)).isEqualTo(5L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'people':[],'places':{}} | ",
                "{'people':[{'name':'a'}],'places':{'p':{'x':1,'y':2}}} | ",
                "{'people':[{'name':'a','nick':null,'age':null,'hat':null}],'places':{}} | ",
                "{'people':[]} | $.places is missing",
                "{'people':null,'places':{}} | $.people is null",
                "{'people':[{'name':'a'},{'nick':'b'}],'places':{}} | $.people[1].name is missing",
                "{'people':[{'name':null}],'places':{}} | $.people[0].name is null",
                "{'people':[],'places':{'p':{'x':1}}} | $.places.p.y is missing",
                "{'people':[],'places':{'p':{'x':1,'y':null}}} | $.places.p.y",
                "{'people':[{'name':'a','hat':'BLUE'}],'places':{}} | $.people[0].hat: ",
            })
    void aMissingComponentIsNamedWithItsPath(String json, @Nullable String error) {
        var text = json.replace('\'', '"');
        if (error == null) {
            assertThat(read(text, Team.class)).isInstanceOf(Team.class);
        } else {
            assertThatThrownBy(() -> read(text, Team.class))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("Team: " + error);
        }
    }

    @Test
    void optionalAndNullableComponentsMayBeMissing() {
        assertThat(read("{\"name\":\"a\"}", Person.class))
                .isEqualTo(new Person("a", null, Optional.empty(), null));
        assertThat(read("{}", Marked.class)).isEqualTo(new Marked(null));
    }

    @Test
    void anObjectWithoutPropertiesIsNotWritten() {
        assertThatThrownBy(() -> mapping.writeArray(new Object()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theDefaultsCanBeChanged() {
        var own =
                new JacksonMapping(
                        JacksonMapping.defaultMapper()
                                .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                                .build());
        assertThat(own.read(Payload.of("{\"X\":1,\"Y\":2}".getBytes(UTF_8)), Point.class))
                .isEqualTo(new Point(1, 2));
        assertThatThrownBy(() -> own.read(Payload.of("{\"X\":1}".getBytes(UTF_8)), Point.class))
                .hasMessageContaining("$.Y is missing");
    }
}
