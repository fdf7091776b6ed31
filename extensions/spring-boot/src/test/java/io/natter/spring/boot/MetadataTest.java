package io.natter.spring.boot;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// IDEs show the properties that there are, with their types.
class MetadataTest {
    private static final String FILE = "/META-INF/spring-configuration-metadata.json";

    private static JsonNode metadata() throws IOException {
        try (var file = MetadataTest.class.getResourceAsStream(FILE)) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(file));
        }
    }

    private static Map<String, String> declared(Class<?> type, String prefix) {
        var found = new TreeMap<String, String>();
        for (RecordComponent each : type.getRecordComponents()) {
            var name =
                    prefix + each.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (each.getType().isRecord()) {
                found.putAll(declared(each.getType(), name + "."));
            } else {
                var generic = each.getGenericType();
                found.put(
                        name,
                        generic instanceof Class<?> plain
                                ? ClassUtils.resolvePrimitiveIfNecessary(plain).getName()
                                : generic.getTypeName());
            }
        }
        return found;
    }

    @Test
    void eachPropertyIsDescribedWithItsType() throws IOException {
        Map<String, String> described =
                metadata()
                        .get("properties")
                        .valueStream()
                        .collect(
                                toMap(
                                        each -> each.get("name").asString(),
                                        each -> each.get("type").asString()));
        assertThat(described.remove("management.health.natter.enabled"))
                .isEqualTo("java.lang.Boolean");
        assertThat(described).isEqualTo(declared(NatterProperties.class, "natter."));
    }

    @Test
    void eachDescriptionIsASentence() throws IOException {
        for (var each : metadata().get("properties")) {
            assertThat(each.get("description").asString())
                    .as(each.get("name").asString())
                    .matches("[A-Z][^\\n]{15,}\\.");
        }
    }
}
