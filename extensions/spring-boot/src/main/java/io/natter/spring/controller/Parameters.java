package io.natter.spring.controller;

import io.natter.protocol.Payload;
import io.natter.socketio.Ack;
import io.natter.socketio.Args;
import io.natter.socketio.DisconnectReason;
import io.natter.socketio.Handshake;
import io.natter.socketio.Namespace;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoServer;
import io.natter.socketio.payload.JsonMapping;
import io.natter.socketio.payload.PayloadException;
import io.natter.socketio.payload.TypeRef;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.util.ClassUtils;

/// Finds the value of each parameter of a method.
final class Parameters {
    private final Source[] sources;

    private Parameters(Source[] sources) {
        this.sources = sources;
    }

    /// The values for a call.
    @Nullable Object[] resolve(Occasion occasion) {
        var values = new @Nullable Object[sources.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = sources[i].value(occasion);
        }
        return values;
    }

    /// @throws io.natter.spring.NatterSetupException for a parameter that the method cannot have
    static Parameters of(
            Method method, Class<?> bean, HandlerKind kind, JsonMapping mapping, UserAccess users) {
        var found = new ArrayList<Source>();
        // It has the annotations of an interface's method, too.
        var described = new AnnotatedMethod(method).getMethodParameters();
        int arguments = 0;
        for (Parameter parameter : method.getParameters()) {
            var annotations = described[found.size()].getParameterAnnotations();
            var user = users.parameter(annotations);
            var source =
                    user == null
                            ? known(method, parameter, annotations, kind)
                            : user(method, parameter, annotations, user);
            if (source == null) {
                ForeignParameters.check(method, parameter.getType(), annotations);
                source = argument(method, parameter, annotations, bean, arguments, kind, mapping);
                arguments++;
            }
            found.add(source);
        }
        return new Parameters(found.toArray(Source[]::new));
    }

    private static @Nullable Source known(
            Method method, Parameter parameter, Annotation[] annotations, HandlerKind kind) {
        var type = parameter.getType();
        if (type == Socket.class) {
            return Occasion::socket;
        }
        if (type == Namespace.class) {
            return occasion -> occasion.socket().nsp();
        }
        if (type == SocketIoServer.class) {
            return occasion -> occasion.socket().nsp().server();
        }
        if (type == Handshake.class) {
            return occasion -> occasion.socket().handshake();
        }
        if (Principal.class.isAssignableFrom(type)) {
            return user(method, parameter, annotations, principal -> principal);
        }
        if (kind == HandlerKind.EVENT && type == Args.class) {
            return Occasion::args;
        }
        if (kind == HandlerKind.EVENT && type == Ack.class) {
            return Occasion::ack;
        }
        if (kind == HandlerKind.DISCONNECT && type == DisconnectReason.class) {
            return Occasion::reason;
        }
        return null;
    }

    private static Source user(
            Method method,
            Parameter parameter,
            Annotation[] annotations,
            Function<@Nullable Principal, @Nullable Object> read) {
        var type = parameter.getType();
        boolean nullable = isNullable(annotations, parameter);
        return occasion -> {
            var value = read.apply(occasion.socket().handshake().principal());
            if (value != null && ClassUtils.isAssignableValue(type, value)) {
                return value;
            }
            if (nullable) {
                return null;
            }
            throw new PrincipalRequiredException(method, type);
        };
    }

    private static Source argument(
            Method method,
            Parameter parameter,
            Annotation[] annotations,
            Class<?> bean,
            int index,
            HandlerKind kind,
            JsonMapping mapping) {
        var type = parameter.getType();
        if (kind != HandlerKind.EVENT || type == DisconnectReason.class) {
            throw Signature.wrong(
                    method,
                    "has a parameter of type " + type.getSimpleName(),
                    "Parameters of a method with " + kind.annotation + " are " + kind.parameters);
        }
        var generic = GenericTypeResolver.resolveType(parameter.getParameterizedType(), bean);
        checkReadable(method, generic, mapping);
        var ref = TypeRef.of(generic);
        return isNullable(annotations, parameter)
                ? occasion -> occasion.arguments().get(index, ref)
                : occasion -> occasion.arguments().require(index, ref);
    }

    /// A type without a deserializer is found here, and not with the first event.
    private static void checkReadable(Method method, Type type, JsonMapping mapping) {
        try {
            var ignored =
                    mapping.read(Payload.of("null".getBytes(StandardCharsets.US_ASCII)), type);
        } catch (PayloadException e) {
            return; // it may not be null
        } catch (RuntimeException e) {
            throw Signature.wrong(
                    method,
                    "has a parameter that cannot be read from JSON: " + e.getMessage(),
                    "Use a record, or a type that Jackson reads");
        }
    }

    /// Annotations of this name are many; JSpecify's is one of the type.
    private static boolean isNullable(Annotation[] annotations, Parameter parameter) {
        return isNullable(annotations) || isNullable(parameter.getAnnotatedType().getAnnotations());
    }

    private static boolean isNullable(Annotation[] annotations) {
        return Arrays.stream(annotations)
                .map(Annotation::annotationType)
                .anyMatch(each -> each.getSimpleName().equals("Nullable"));
    }

    /// Where a value comes from.
    private interface Source {
        @Nullable Object value(Occasion occasion);
    }
}
