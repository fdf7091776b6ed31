package io.natter.conformance;

import io.natter.engine.EngineOptions;
import io.natter.engine.EngineServer;
import io.natter.host.Cors;
import io.natter.host.Endpoint;
import java.time.Duration;

/// Engine.IO at `/engine.io/` that sends every message back as it came.
final class EngineMode {
    private EngineMode() {}

    static Endpoint endpoint(boolean eio3) {
        var options =
                EngineOptions.builder()
                        .pingInterval(Duration.ofMillis(300))
                        .pingTimeout(Duration.ofMillis(200))
                        .maxHttpBufferSize(1_000_000)
                        .cors(Cors.anyOrigin())
                        .allowEio3(eio3)
                        .build();
        return new EngineServer(options, Echo::new);
    }
}
