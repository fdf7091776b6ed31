package io.natter.spring.boot;

/// Stands before `natter.path` where the web server knows no context path: WebFlux on Reactor Netty
/// has its base path only in WebFlux itself.
///
/// @param value starts with `/`, or is empty
record PathPrefix(String value) {
    static final PathPrefix NONE = new PathPrefix("");
}
