package io.natter.chat.openid;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// Requests to the provider. Each ends in time, follows no redirect, and reads at most a megabyte.
/// Blocks.
final class ProviderHttp implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// The page waits ten seconds for the address to go to, and then knows no reason.
    static final Duration DISCOVERY_TIMEOUT = Duration.ofSeconds(6);

    private static final long MOST = 1 << 20;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    HttpResponse<String> get(URI address, Map<String, String> headers) throws IOException {
        return get(address, headers, TIMEOUT);
    }

    HttpResponse<String> get(URI address, Map<String, String> headers, Duration timeout)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).GET();
        headers.forEach(request::setHeader);
        return send(request, timeout);
    }

    HttpResponse<String> post(URI address, Map<String, String> form, Map<String, String> headers)
            throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address)
                        .POST(HttpRequest.BodyPublishers.ofString(encode(form)))
                        .header("Content-Type", "application/x-www-form-urlencoded");
        headers.forEach(request::setHeader);
        return send(request, TIMEOUT);
    }

    static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    /// Providers that do not decode a secret take one with a tilde too, as Entra ID makes them.
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%7E", "~");
    }

    private HttpResponse<String> send(HttpRequest.Builder builder, Duration timeout)
            throws IOException {
        HttpRequest request =
                builder.timeout(timeout).setHeader("Accept", "application/json").build();
        var answer = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MOST));
        try {
            // The timeout of a request ends with the head of the answer.
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw late(timeout, e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case HttpTimeoutException _ -> late(timeout, e);
                case ConnectException refused when refused.getMessage() == null ->
                        new IOException("no server takes the connection", e);
                case null, default -> new IOException(String.valueOf(e.getCause()), e);
            };
        }
    }

    private static IOException late(Duration timeout, Exception cause) {
        return new IOException("no answer within " + timeout.toSeconds() + " s", cause);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
