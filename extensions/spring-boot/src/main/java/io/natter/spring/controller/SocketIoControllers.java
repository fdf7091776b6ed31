package io.natter.spring.controller;

import io.natter.socketio.Namespace;
import io.natter.socketio.SocketIoServer;
import io.natter.spring.NatterSetupException;
import io.natter.spring.SocketIoController;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/// All beans with [SocketIoController].
public final class SocketIoControllers {
    private final ConfigurableListableBeanFactory beans;
    private final ArgumentCheck check;
    private final UserAccess users;

    /// Those of a bean factory.
    public SocketIoControllers(
            ConfigurableListableBeanFactory beans, ArgumentCheck check, UserAccess users) {
        this.beans = beans;
        this.check = check;
        this.users = users;
    }

    /// Adds their handlers to the server.
    ///
    /// @throws NatterSetupException if a method cannot be a handler
    public void addTo(SocketIoServer io) {
        var found = new LinkedHashMap<Place, Controller>();
        for (var name : beans.getBeanNamesForAnnotation(SocketIoController.class)) {
            var bean = beans.getBean(name);
            var place = Objects.requireNonNull(place(name));
            addHandlers(bean, found.computeIfAbsent(place, ignored -> new Controller()), io);
        }
        found.forEach((place, controller) -> place.in(io).onConnection(controller::joined));
    }

    /// The namespaces of `io` that controllers are for, by the name under which they are counted.
    public Map<String, Namespace> namespaces(SocketIoServer io) {
        var found = new LinkedHashMap<String, Namespace>();
        for (var name : beans.getBeanNamesForAnnotation(SocketIoController.class)) {
            var place = Objects.requireNonNull(place(name));
            if (place.pattern() == null) {
                found.put(place.namespace(), io.of(place.namespace()));
            }
        }
        return found;
    }

    /// The events that have a handler.
    public Set<String> events() {
        var found = new TreeSet<String>();
        for (var name : beans.getBeanNamesForAnnotation(SocketIoController.class)) {
            for (var method : handlers(AopUtils.getTargetClass(beans.getBean(name))).keySet()) {
                var event = HandlerKind.event(method);
                if (event != null) {
                    found.add(event);
                }
            }
        }
        return found;
    }

    private static Map<Method, List<HandlerKind>> handlers(Class<?> type) {
        return MethodIntrospector.selectMethods(
                type,
                (MethodIntrospector.MetadataLookup<@Nullable List<HandlerKind>>)
                        method -> {
                            var kinds = HandlerKind.of(method);
                            return kinds.isEmpty() ? null : kinds;
                        });
    }

    private void addHandlers(Object bean, Controller controller, SocketIoServer io) {
        var type = AopUtils.getTargetClass(bean);
        var methods = handlers(type);
        if (methods.isEmpty()) {
            throw new NatterSetupException(
                    type.getSimpleName() + " is a @SocketIoController and handles nothing.",
                    "Add a method with @OnConnect, @OnEvent(\"name\") or @OnDisconnect.");
        }
        var mapping = io.options().mapping();
        methods.forEach(
                (method, kinds) -> {
                    for (var kind : kinds) {
                        var handler = new HandlerMethod(bean, method, kind, mapping, check, users);
                        controller.add(kind, handler);
                    }
                });
    }

    private @Nullable Place place(String bean) {
        var annotation = beans.findAnnotationOnBean(bean, SocketIoController.class);
        if (annotation == null) {
            return null;
        }
        var merged =
                AnnotatedElementUtils.findMergedAnnotation(
                        Objects.requireNonNull(beans.getType(bean)), SocketIoController.class);
        var used = merged == null ? annotation : merged;
        var pattern = resolved(used.pattern());
        if (!pattern.isEmpty()) {
            return new Place("", compiled(pattern, bean));
        }
        var name = resolved(used.value());
        return new Place(name.startsWith("/") ? name : "/" + name, null);
    }

    private String resolved(String value) {
        return Objects.requireNonNullElse(beans.resolveEmbeddedValue(value), "");
    }

    private static String compiled(String pattern, String bean) {
        try {
            return Pattern.compile(pattern).pattern();
        } catch (PatternSyntaxException e) {
            throw new NatterSetupException(
                    "The pattern of the @SocketIoController " + bean + " is no regular expression.",
                    "Correct it: " + e.getMessage());
        }
    }

    /// A namespace, or those that match a pattern.
    private record Place(String namespace, @Nullable String pattern) {
        Namespace in(SocketIoServer io) {
            return pattern == null ? io.of(namespace) : io.of(Pattern.compile(pattern));
        }
    }
}
