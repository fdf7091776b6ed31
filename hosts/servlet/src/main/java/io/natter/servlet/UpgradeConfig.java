package io.natter.servlet;

import io.natter.host.UpgradeExchange.Acceptance;
import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import jakarta.websocket.Endpoint;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Tells the container how one WebSocket is accepted.
final class UpgradeConfig extends ServerEndpointConfig.Configurator
        implements ServerEndpointConfig {
    private final Acceptance acceptance;
    private final Endpoint endpoint;
    private final String path;
    private final Map<String, Object> properties = new ConcurrentHashMap<>();

    UpgradeConfig(Acceptance acceptance, Endpoint endpoint, String path) {
        this.acceptance = acceptance;
        this.endpoint = endpoint;
        this.path = path;
    }

    // ---- how it is negotiated

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        var chosen = acceptance.subprotocol();
        return chosen == null ? "" : chosen;
    }

    @Override
    public List<Extension> getNegotiatedExtensions(
            List<Extension> installed, List<Extension> requested) {
        if (acceptance.deflate() == null) {
            return List.of();
        }
        return super.getNegotiatedExtensions(installed, requested);
    }

    @Override
    public boolean checkOrigin(String origin) {
        return true; // The endpoint has checked it.
    }

    @Override
    public void modifyHandshake(
            ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        response.getHeaders().putAll(acceptance.headers());
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        return type.cast(endpoint);
    }

    // ---- the configuration

    @Override
    public Class<?> getEndpointClass() {
        return endpoint.getClass();
    }

    @Override
    public String getPath() {
        return path;
    }

    @Override
    public List<String> getSubprotocols() {
        var chosen = acceptance.subprotocol();
        return chosen == null ? List.of() : List.of(chosen);
    }

    @Override
    public List<Extension> getExtensions() {
        return List.of();
    }

    @Override
    public ServerEndpointConfig.Configurator getConfigurator() {
        return this;
    }

    @Override
    public List<Class<? extends Encoder>> getEncoders() {
        return List.of();
    }

    @Override
    public List<Class<? extends Decoder>> getDecoders() {
        return List.of();
    }

    @Override
    public Map<String, Object> getUserProperties() {
        return properties;
    }
}
