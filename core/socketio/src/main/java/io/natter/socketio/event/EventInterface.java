package io.natter.socketio.event;

import io.natter.socketio.payload.EventName;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// An interface of the application whose abstract methods are events. Immutable; read once for each
/// interface.
public final class EventInterface {
    private static final @Nullable Object[] NO_ARGUMENTS = {};

    private static final ClassValue<EventInterface> KNOWN =
            new ClassValue<>() {
                @Override
                protected EventInterface computeValue(Class<?> type) {
                    return new EventInterface(type);
                }
            };

    /// How a method gives the acknowledgement.
    public enum Answer {
        /// Not at all: it returns nothing.
        NONE,
        /// It returns the value.
        VALUE,
        /// It returns a `CompletableFuture` or `CompletionStage` of the value.
        FUTURE
    }

    /// One argument of an event.
    ///
    /// @param isNullable whether it may be `null` or missing
    public record Parameter(Type type, boolean isNullable) {}

    /// One event.
    ///
    /// @param answerType the type of the acknowledgement; `Void` if there is none
    public record Entry(
            Method method,
            String name,
            List<Parameter> parameters,
            Answer answer,
            Type answerType) {

        /// Calls the method.
        ///
        /// @throws Exception what the method throws
        public @Nullable Object call(Object handlers, @Nullable Object[] arguments)
                throws Exception {
            try {
                return method.invoke(handlers, arguments);
            } catch (InvocationTargetException e) {
                switch (e.getCause()) {
                    case Exception thrown -> throw thrown;
                    case Error thrown -> throw thrown;
                    case null, default -> throw e;
                }
            } catch (IllegalAccessException e) {
                String place = method.getDeclaringClass().getPackageName();
                throw new IllegalStateException(
                        method
                                + " is not accessible: open its package in module-info.java by"
                                + " 'opens "
                                + place
                                + " to io.natter.socketio'",
                        e);
            }
        }
    }

    /// Sends an event.
    @FunctionalInterface
    public interface Sender {

        /// Sends an event.
        ///
        /// @return the value that the method returns
        @Nullable Object send(Entry event, @Nullable Object[] arguments);
    }

    private final Map<Method, Entry> entries = new HashMap<>();

    private EventInterface(Class<?> type) {
        if (!type.isInterface()) {
            throw new IllegalArgumentException(type.getName() + " is not an interface");
        }
        var names = new HashMap<String, Method>();
        for (Method method : type.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers()) && !isOfObject(method)) {
                var entry = entry(method);
                if (names.put(entry.name, method) != null) {
                    throw new IllegalArgumentException(
                            type.getName() + " has two methods for the event " + entry.name);
                }
                entries.put(method, entry);
            }
        }
        if (entries.isEmpty()) {
            throw new IllegalArgumentException(type.getName() + " has no abstract methods");
        }
    }

    /// The events of an interface.
    ///
    /// @throws IllegalArgumentException if the type is not an interface, has no abstract methods,
    ///   or two methods with the same event
    public static EventInterface of(Class<?> type) {
        return KNOWN.get(type);
    }

    /// Its events, in no particular order.
    public Collection<Entry> entries() {
        return entries.values();
    }

    /// An object of the interface whose methods send their events.
    ///
    /// @throws IllegalArgumentException as [#of]
    @SuppressWarnings("ReferenceEquality") // equals of the object itself
    public static <T> T proxy(Class<T> type, Sender sender) {
        var events = of(type);
        InvocationHandler handler =
                (proxy, method, arguments) -> {
                    var entry = events.entries.get(method);
                    var given = arguments == null ? NO_ARGUMENTS : arguments;
                    if (entry != null) {
                        return sender.send(entry, given);
                    }
                    if (method.isDefault()) {
                        return callDefault(proxy, method, given);
                    }
                    return switch (method.getName()) {
                        case "equals" -> proxy == given[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> "events of " + type.getName();
                    };
                };
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /// Also of an interface that is not public, for which `InvocationHandler.invokeDefault` fails.
    private static @Nullable Object callDefault(
            Object proxy, Method method, @Nullable Object[] arguments) throws Throwable {
        var declaring = method.getDeclaringClass();
        return MethodHandles.privateLookupIn(declaring, MethodHandles.lookup())
                .unreflectSpecial(method, declaring)
                .bindTo(proxy)
                .invokeWithArguments(arguments);
    }

    private static boolean isOfObject(Method method) {
        return Arrays.stream(Object.class.getMethods())
                .anyMatch(
                        each ->
                                each.getName().equals(method.getName())
                                        && Arrays.equals(
                                                each.getParameterTypes(),
                                                method.getParameterTypes()));
    }

    private static Entry entry(Method method) {
        method.trySetAccessible();
        var named = method.getAnnotation(EventName.class);
        var parameters = new ArrayList<Parameter>();
        var types = method.getGenericParameterTypes();
        for (int i = 0; i < types.length; i++) {
            boolean isNullable =
                    hasNullable(method.getParameterAnnotations()[i])
                            || hasNullable(method.getAnnotatedParameterTypes()[i].getAnnotations());
            parameters.add(new Parameter(boxed(types[i]), isNullable));
        }
        Type returned = boxed(method.getGenericReturnType());
        var answer =
                returned == Void.class
                        ? Answer.NONE
                        : isFuture(method.getReturnType()) ? Answer.FUTURE : Answer.VALUE;
        return new Entry(
                method,
                named == null ? method.getName() : named.value(),
                List.copyOf(parameters),
                answer,
                answer == Answer.FUTURE ? result(returned) : returned);
    }

    private static boolean isFuture(Class<?> type) {
        return type == CompletableFuture.class || type == CompletionStage.class;
    }

    /// The type of a future's result.
    private static Type result(Type future) {
        return future instanceof ParameterizedType generic
                ? Objects.requireNonNull(generic.getActualTypeArguments()[0])
                : Object.class;
    }

    private static Type boxed(Type type) {
        return type instanceof Class<?> plain
                ? MethodType.methodType(plain).wrap().returnType()
                : type;
    }

    private static boolean hasNullable(Annotation[] annotations) {
        return Arrays.stream(annotations)
                .anyMatch(each -> each.annotationType().getSimpleName().equals("Nullable"));
    }
}
