package io.natter.conformance;

import io.natter.host.Cors;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// The options of npm `cors`. Patterns, which JSON does not have, are left out.
final class NodeCors {
    private NodeCors() {}

    static Cors read(JsonNode options) {
        var cors = Cors.builder();
        // whatever is no object has no options of its own: `cors: "*"` is the default, any origin
        for (var option : options.properties()) {
            set(cors, option.getKey(), option.getValue());
        }
        return cors.build();
    }

    private static void set(Cors.Builder cors, String name, JsonNode value) {
        switch (name) {
            case "origin" -> origin(cors, value);
            case "credentials" -> cors.credentials(value.asBoolean());
            case "methods" -> cors.methods(words(value));
            case "allowedHeaders" -> cors.allowedHeaders(words(value));
            case "exposedHeaders" -> cors.exposedHeaders(words(value));
            case "maxAge" -> cors.maxAge(Duration.ofSeconds(value.asLong()));
            case "optionsSuccessStatus" -> cors.optionsSuccessStatus(value.asInt());
            case "preflightContinue" -> cors.preflightContinue(value.asBoolean());
            default -> throw new IllegalArgumentException("there is no option cors." + name);
        }
    }

    private static void origin(Cors.Builder cors, JsonNode value) {
        if (value.isArray()) {
            cors.origins(words(value));
        } else if (value.isBoolean()) {
            cors.reflectOrigin();
        } else {
            cors.origin(value.asString());
        }
    }

    private static String[] words(JsonNode value) {
        return value.isArray()
                ? value.valueStream().map(JsonNode::asString).toArray(String[]::new)
                : new String[] {value.asString()};
    }
}
