package io.natter.spring.reactive;

import io.natter.host.HttpRequest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Flux;

/// The head of one of Natter's requests as WebFlux sees it. It has no body: Natter reads that
/// itself, after the filters.
final class FilteredRequest extends AbstractServerHttpRequest {
    private final HttpRequest head;
    private volatile boolean passed;
    private volatile @Nullable Principal principal;

    FilteredRequest(HttpRequest head, String contextPath) {
        super(HttpMethod.valueOf(head.method()), uri(head), contextPath, headers(head));
        this.head = head;
    }

    private static URI uri(HttpRequest head) {
        var host = head.header("host");
        var query = head.rawQuery().isEmpty() ? "" : "?" + head.rawQuery();
        return URI.create(
                (head.secure() ? "https://" : "http://")
                        + (host == null ? "localhost" : host)
                        + UriUtils.encodePath(head.path(), "UTF-8")
                        + query);
    }

    private static HttpHeaders headers(HttpRequest head) {
        var headers = new HttpHeaders();
        head.headers().forEach((name, values) -> values.forEach(each -> headers.add(name, each)));
        return headers;
    }

    /// All filters have let the request pass.
    void pass(@Nullable Principal user) {
        principal = user;
        passed = true;
    }

    boolean hasPassed() {
        return passed;
    }

    @Nullable Principal principal() {
        return principal;
    }

    @Override
    protected MultiValueMap<String, HttpCookie> initCookies() {
        var cookies = new LinkedMultiValueMap<String, HttpCookie>();
        head.cookies().forEach((name, value) -> cookies.add(name, new HttpCookie(name, value)));
        return cookies;
    }

    @Override
    protected @Nullable SslInfo initSslInfo() {
        return null;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as in the interface
    public <T> T getNativeRequest() {
        return (T) this;
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return head.remoteAddress();
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return Flux.empty();
    }
}
