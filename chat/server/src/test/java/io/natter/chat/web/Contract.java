package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A document that the chat serves, and its schemas. Objects take no fields besides those that they
/// name here, so a field that the document forgets is a fault.
public final class Contract {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final ObjectNode document;
    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private Contract(ObjectNode document) {
        this.document = document;
        close(document);
    }

    public static Contract read(String name) throws IOException {
        try (InputStream in = Contract.class.getResourceAsStream("/io/natter/chat/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new Contract((ObjectNode) YAML.readTree(in));
        }
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && "object".equals(object.path("type").asString(""))) {
            object.put("additionalProperties", false);
        }
        node.forEach(Contract::close);
    }

    public JsonNode at(String pointer) {
        return document.at(pointer);
    }

    /// The place of what stands at a pointer, after the reference that may stand there.
    public String resolve(String pointer) {
        String reference = document.at(pointer).path("$ref").asString("");
        return reference.isEmpty() ? pointer : reference.substring(1);
    }

    /// Fails unless the value is one that the schema at the pointer allows.
    public void check(String pointer, JsonNode value) {
        assertThat(document.at(pointer).isMissingNode()).as("no schema at %s", pointer).isFalse();
        Schema schema =
                schemas.computeIfAbsent(
                        pointer,
                        _ -> {
                            ObjectNode root = document.deepCopy();
                            root.put("$ref", "#" + pointer);
                            return registry.getSchema(root);
                        });
        assertThat(schema.validate(value)).as("%s: %s", pointer, value).isEmpty();
    }

    public static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
