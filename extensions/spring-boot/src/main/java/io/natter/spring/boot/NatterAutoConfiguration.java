package io.natter.spring.boot;

import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import io.natter.socketio.payload.JacksonMapping;
import io.natter.socketio.payload.JsonMapping;
import io.natter.spring.NatterSetupException;
import io.natter.spring.SocketIoOptionsCustomizer;
import io.natter.spring.SocketIoServerCustomizer;
import io.natter.spring.controller.ArgumentCheck;
import io.natter.spring.controller.ErrorAnswers;
import io.natter.spring.controller.SocketIoControllers;
import io.natter.spring.controller.UserAccess;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/// The server, its options and its controllers, for both kinds of web applications.
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
            "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration"
        })
@ConditionalOnWebApplication
@ConditionalOnProperty(name = "natter.enabled", havingValue = "true", matchIfMissing = true)
@EnableConfigurationProperties(NatterProperties.class)
public class NatterAutoConfiguration {

    /// The mapping of payloads, on a copy of the application's `JsonMapper`.
    @Bean
    @ConditionalOnMissingBean
    JsonMapping natterJsonMapping(ObjectProvider<JsonMapper> mapper) {
        var application = mapper.getIfUnique();
        return application == null
                ? new JacksonMapping()
                : new JacksonMapping(JacksonMapping.forPayloads(application.rebuild()).build());
    }

    /// The options: those of the properties, changed by the customizers.
    @Bean
    @ConditionalOnMissingBean
    SocketIoOptions natterOptions(
            NatterProperties properties,
            JsonMapping mapping,
            ObjectProvider<PathPrefix> prefix,
            ObjectProvider<DeniedTest> denied,
            ObjectProvider<SocketIoOptionsCustomizer> customizers) {
        var before = prefix.getIfAvailable(() -> PathPrefix.NONE).value();
        var options =
                checked(
                        () ->
                                PropertyOptions.apply(
                                        properties,
                                        before,
                                        SocketIoOptions.builder().mapping(mapping)));
        var otherwise = SocketIoOptions.builder().mapping(mapping).build().errorAnswer();
        options.errorAnswer(
                new ErrorAnswers(otherwise, denied.getIfAvailable(() -> failure -> false)::test));
        customizers.orderedStream().forEach(each -> each.customize(options));
        return checked(options::build);
    }

    /// The messages of the builder name the option, which the property is named after.
    private static <T> T checked(Supplier<T> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException e) {
            throw new NatterSetupException(
                    "An option of Socket.IO is wrong: " + e.getMessage() + ".",
                    "Correct the property natter.* of that name, or the SocketIoOptionsCustomizer"
                            + " that sets it.");
        }
    }

    /// The server, which the web server carries on its port.
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    SocketIoServer socketIoServer(SocketIoOptions options) {
        return SocketIoServer.create(options);
    }

    @Bean
    SocketIoControllers natterControllers(
            ConfigurableListableBeanFactory beans,
            ObjectProvider<ArgumentCheck> check,
            ObjectProvider<UserAccess> users) {
        return new SocketIoControllers(
                beans,
                check.getIfAvailable(() -> ArgumentCheck.NONE),
                users.getIfAvailable(() -> UserAccess.NONE));
    }

    /// Runs when all beans are there: controllers may have the server as a dependency.
    @Bean
    SmartInitializingSingleton natterHandlers(
            SocketIoServer io,
            SocketIoControllers controllers,
            ObjectProvider<SocketIoServerCustomizer> customizers) {
        return () -> {
            customizers.orderedStream().forEach(each -> each.customize(io));
            controllers.addTo(io);
        };
    }

    @Bean
    SocketIoLifecycle natterLifecycle(SocketIoServer io, NatterProperties properties) {
        return new SocketIoLifecycle(io, properties.drainWindow());
    }
}
