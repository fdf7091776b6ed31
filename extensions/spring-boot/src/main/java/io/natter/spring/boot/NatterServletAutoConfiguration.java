package io.natter.spring.boot;

import io.natter.engine.TransportName;
import io.natter.servlet.NatterServlet;
import io.natter.socketio.SocketIoServer;
import io.natter.spring.NatterSetupException;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/// Natter on the port of an application that runs in Tomcat or Jetty.
@AutoConfiguration(after = NatterAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Servlet.class, NatterServlet.class, ServletRegistrationBean.class})
@ConditionalOnBean(SocketIoServer.class)
public class NatterServletAutoConfiguration {
    private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";

    /// Its threads end also if the web server never starts.
    @Bean(destroyMethod = "destroy")
    NatterServlet natterServlet(SocketIoServer io) {
        return new NatterServlet(io);
    }

    @Bean
    ServletRegistrationBean<NatterServlet> natterServletRegistration(
            NatterServlet natter, SocketIoServer io) {
        var servlet = new ServletRegistrationBean<>(natter, ServedPath.of(io) + "/*");
        servlet.setName("natter");
        servlet.setAsyncSupported(true);
        servlet.setLoadOnStartup(1);
        return servlet;
    }

    /// WebSocket needs a part of the container that may be missing.
    @Bean
    ApplicationListener<ServletWebServerInitializedEvent> natterContainerCheck(SocketIoServer io) {
        return event -> {
            var context = event.getApplicationContext().getServletContext();
            if (event.getApplicationContext().getServerNamespace() == null && context != null) {
                check(io, context);
            }
        };
    }

    private static void check(SocketIoServer io, ServletContext context) {
        boolean wanted = io.options().engine().transports().contains(TransportName.WEBSOCKET);
        if (wanted && context.getAttribute(CONTAINER) == null) {
            throw new NatterSetupException(
                    context.getServerInfo() + " has no WebSocket container.",
                    "Add org.apache.tomcat.embed:tomcat-embed-websocket for Tomcat, or"
                            + " org.eclipse.jetty.ee11.websocket:jetty-ee11-websocket-jakarta-server"
                            + " for Jetty. Or set natter.transports=polling.");
        }
    }
}
