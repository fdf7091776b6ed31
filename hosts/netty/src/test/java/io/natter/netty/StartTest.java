package io.natter.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A host that cannot start says why in one sentence.
class StartTest {
    @ParameterizedTest
    @EnumSource(
            value = IoTransport.class,
            names = {"EPOLL", "NIO"})
    void anUnknownHost(IoTransport transport) {
        assertThatThrownBy(
                        () ->
                                NettyHost.builder()
                                        .host("no.such.host.invalid")
                                        .transport(transport)
                                        .listen())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(
                        "cannot listen on port 0 of no.such.host.invalid: no address is known for"
                                + " this name. Give an address of this machine, as 127.0.0.1, or"
                                + " none for all");
    }

    @ParameterizedTest
    @EnumSource(
            value = IoTransport.class,
            names = {"EPOLL", "NIO"})
    void anAddressOfAnotherMachine(IoTransport transport) {
        assertThatThrownBy(
                        () -> NettyHost.builder().host("192.0.2.1").transport(transport).listen())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(
                        "cannot listen on port 0 of 192.0.2.1: this machine does not have that"
                                + " address. Give one of its own, as 127.0.0.1, or none for all");
    }

    @Test
    void aNumberThatIsNoPort() {
        assertThatThrownBy(() -> NettyHost.builder().port(70_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a port is a number from 0 to 65535, not 70000");
    }

    @Test
    void aTransportOfAnotherOperatingSystem() {
        assertThatThrownBy(() -> NettyHost.builder().transport(IoTransport.KQUEUE).listen())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The transport KQUEUE does not work on this machine: ")
                .hasMessageContaining(
                        "io.netty:netty-transport-native-kqueue with the classifier ");
    }

    @Test
    void anotherNetty() {
        assertThat(
                        NettyVersion.problem(
                                Map.of(
                                        "netty-common",
                                        "4.2.18.Final",
                                        "netty-tcnative-classes",
                                        "2.0.84.Final")))
                .isNull();
        assertThat(NettyVersion.problem(Map.of("netty-transport", "4.1.121.Final")))
                .isEqualTo(
                        "Natter needs Netty 4.2.x, and on the class path is netty-transport"
                                + " 4.1.121.Final. Let the build take one version of all Netty"
                                + " artifacts, by io.netty:netty-bom 4.2.18.Final or later in its"
                                + " dependency management");
        assertThatCode(NettyVersion::check).doesNotThrowAnyException();
    }
}
