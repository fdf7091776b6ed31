package io.natter.conformance.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.servlet.NatterServlet;
import io.natter.socketio.SocketIoServer;
import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `NatterServlet.register` in a real context.
class RegistrationTest {
    @TempDir Path folder;

    /// Runs `task` while a context of Tomcat starts.
    private void whileStarting(Consumer<ServletContext> task) throws Exception {
        var tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.addContext("", folder.toString())
                .addServletContainerInitializer((ignored, context) -> task.accept(context), null);
        try {
            tomcat.start();
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    @Test
    void aMappingThatMissesTheEndpointIsRefused() throws Exception {
        whileStarting(
                context -> {
                    var io = SocketIoServer.create();
                    assertThatThrownBy(() -> NatterServlet.register(context, io, "/chat/*"))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContainingAll("/chat/*", "/socket.io/");
                    assertThat(NatterServlet.register(context, io, "/socket.io/*").getMappings())
                            .containsExactly("/socket.io/*");
                    assertThatThrownBy(() -> NatterServlet.register(context, io, "/socket.io/*"))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("natter already");
                });
    }
}
