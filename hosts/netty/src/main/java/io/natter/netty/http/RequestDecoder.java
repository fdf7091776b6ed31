package io.natter.netty.http;

import io.natter.host.HttpLimits;
import io.natter.netty.loop.ConnectionMemory;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Netty's decoder, made strict where it is lenient and its result does not show that: the spaces
/// of the request line, and folded headers. Two servers in a row that read such a request
/// differently are how requests are smuggled (RFC 9112 §11.2). On the event loop.
public final class RequestDecoder extends HttpRequestDecoder {
    private final HttpLimits rules;
    private final ConnectionMemory memory;
    private int reported;

    /// Whether the request line, or its headers, are what comes next.
    private boolean line = true;

    private boolean headers;
    private int count;
    private boolean broken;

    public RequestDecoder(HttpLimits rules, ConnectionMemory memory) {
        super(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(rules.maxRequestLine())
                        .setMaxHeaderSize(rules.maxHeaders()));
        this.rules = rules;
        this.memory = memory;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
            throws Exception {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (line || headers) {
            var fault = look(in);
            if (fault != null) {
                broken = true;
                in.skipBytes(in.readableBytes());
                out.add(refused(fault));
                return;
            }
        }
        int size = out.size();
        super.decode(ctx, in, out);
        for (int i = size; i < out.size(); i++) {
            if (out.get(i) instanceof HttpRequest request) {
                headers = false;
                broken = request.decoderResult().isFailure();
            }
            if (out.get(i) instanceof LastHttpContent) {
                line = true;
            }
        }
    }

    private static HttpRequest refused(HttpFault fault) {
        var request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_0, HttpMethod.GET, "/bad-request");
        request.setDecoderResult(DecoderResult.failure(fault.exception()));
        return request;
    }

    /// Looks at all lines of a head that are here whole; they are decoded next.
    private @Nullable HttpFault look(ByteBuf in) {
        int from = in.readerIndex();
        while (line || headers) {
            if (line) {
                from = skipEmptyLines(in, from);
            }
            int end = in.indexOf(from, in.writerIndex(), HttpConstants.LF);
            if (end < 0) {
                return null;
            }
            var fault = line ? lookAtLine(in, from, end) : lookAtHeader(in, from, end);
            if (fault != null) {
                return fault;
            }
            from = end + 1;
        }
        return null;
    }

    /// As the decoder does before a request line (RFC 9112 §2.2).
    private static int skipEmptyLines(ByteBuf in, int from) {
        int at = from;
        while (at < in.writerIndex()
                && (in.getByte(at) == HttpConstants.CR || in.getByte(at) == HttpConstants.LF)) {
            at++;
        }
        return at;
    }

    private @Nullable HttpFault lookAtLine(ByteBuf in, int from, int end) {
        line = false;
        headers = true;
        count = 0;
        int to = end > from && in.getByte(end - 1) == HttpConstants.CR ? end - 1 : end;
        if (to - from > rules.maxRequestLine()) {
            return null; // The decoder refuses it.
        }
        int target = 0;
        int version = 0;
        for (int i = from; i < to; i++) {
            int c = in.getByte(i) & 0xff;
            if (c < ' ' || c >= 0x7f) {
                return HttpFault.bad("the request line has a character that is not allowed there");
            }
            if (c == ' ') {
                if (version > 0) {
                    return notThreeParts();
                }
                version = target > 0 ? i + 1 : 0;
                target = target > 0 ? target : i + 1;
            }
        }
        return version == 0 || target - from < 2 || version - target < 2
                ? notThreeParts()
                : lookAtVersion(in.toString(version, to - version, StandardCharsets.US_ASCII));
    }

    private static HttpFault notThreeParts() {
        return HttpFault.bad(
                "a request line is a method, a target and a version with one blank between");
    }

    private static @Nullable HttpFault lookAtVersion(String version) {
        if (version.equals("HTTP/1.1") || version.equals("HTTP/1.0")) {
            return null;
        }
        return version.matches("HTTP/[0-9]\\.[0-9]")
                ? HttpFault.version()
                : HttpFault.bad("the HTTP version is not understood");
    }

    private @Nullable HttpFault lookAtHeader(ByteBuf in, int from, int end) {
        int first = in.getByte(from);
        if (end == from || (end == from + 1 && first == HttpConstants.CR)) {
            headers = false;
            return null;
        }
        if (first == ' ' || first == '\t') {
            return HttpFault.bad("a header may not go on in the next line");
        }
        count++;
        return count > rules.maxHeaderCount()
                ? HttpFault.tooManyHeaders(rules.maxHeaderCount())
                : null;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        super.channelReadComplete(ctx);
        report(actualReadableBytes());
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        report(0);
        super.handlerRemoved0(ctx);
    }

    private void report(int bytes) {
        int before = reported;
        reported = bytes;
        memory.holds(before, bytes);
    }
}
