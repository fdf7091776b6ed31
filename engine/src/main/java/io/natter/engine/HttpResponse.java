package io.natter.engine;

import java.util.List;
import java.util.Map;

/// A whole answer to an HTTP request. The host adds `Content-Length`, `Date` and `Connection`.
///
/// @param status the status code
/// @param headers in the spelling in which they are sent
/// @param body the bytes, possibly none; not copied
public record HttpResponse(int status, Map<String, List<String>> headers, byte[] body) {}
