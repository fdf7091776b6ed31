package io.natter.spring.boot;

/// Whether the server was put into a web server of Reactor Netty. Any thread.
final class NettyAttachment {
    private volatile boolean made;

    void made() {
        made = true;
    }

    boolean isMade() {
        return made;
    }
}
