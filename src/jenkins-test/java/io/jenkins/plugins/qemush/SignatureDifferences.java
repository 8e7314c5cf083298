package io.jenkins.plugins.qemush;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a hand-written class promises that the real class of its name does not keep: each would fail when linked. */
final class SignatureDifferences {
    private final Class<?> promised;
    private final Class<?> real;
    private final List<String> found = new ArrayList<>();

    private SignatureDifferences(Class<?> promised, Class<?> real) {
        this.promised = promised;
        this.real = real;
    }

    static List<String> between(Class<?> promised, Class<?> real) {
        SignatureDifferences differences = new SignatureDifferences(promised, real);
        differences.compare();
        return differences.found;
    }

    private void compare() {
        require(promised.isInterface() == real.isInterface(), "is an interface or not");
        require(!Modifier.isPublic(promised.getModifiers()) || Modifier.isPublic(real.getModifiers()), "is public");
        Stream.concat(Stream.ofNullable(promised.getSuperclass()), Arrays.stream(promised.getInterfaces()))
                .forEach(type -> require(isBelow(real, type.getName()), "extends " + type.getName()));
        for (Method method : promised.getDeclaredMethods()) {
            if (!method.isSynthetic() && !method.isBridge()) {
                compare(
                        method,
                        find(method),
                        text(method.getReturnType(), method.getName(), method.getParameterTypes()));
            }
        }
        for (Constructor<?> constructor : promised.getDeclaredConstructors()) {
            if (!Modifier.isPrivate(constructor.getModifiers()) && !isImplicit(constructor)) {
                compare(constructor, find(constructor), text(promised, "new", constructor.getParameterTypes()));
            }
        }
        for (Field field : promised.getDeclaredFields()) {
            if (!field.isSynthetic()) {
                compare(field, find(field), text(field.getType(), field.getName()));
            }
        }
    }

    /** Every class has one; only those that are called count, and those have a parameter or are written down. */
    private boolean isImplicit(Constructor<?> constructor) {
        return constructor.getParameterCount() == 0 && Modifier.isAbstract(promised.getModifiers());
    }

    private void compare(Member promise, Optional<? extends Member> kept, String title) {
        if (kept.isEmpty()) {
            found.add(real.getName() + " has no " + title);
            return;
        }
        int is = kept.get().getModifiers();
        int should = promise.getModifiers();
        require(Modifier.isStatic(is) == Modifier.isStatic(should), "static or not: " + title);
        require(!Modifier.isPrivate(is), "accessible: " + title);
        require(!Modifier.isPublic(should) || Modifier.isPublic(is), "public: " + title);
        require(!Modifier.isAbstract(is) || Modifier.isAbstract(should), "abstract: " + title);
    }

    private void require(boolean condition, String what) {
        if (!condition) {
            found.add(real.getName() + " differs: " + what);
        }
    }

    private Optional<Method> find(Method promise) {
        return hierarchy(real)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.getName().equals(promise.getName())
                        && names(method.getParameterTypes()).equals(names(promise.getParameterTypes()))
                        && method.getReturnType()
                                .getName()
                                .equals(promise.getReturnType().getName()))
                .findFirst();
    }

    private Optional<Constructor<?>> find(Constructor<?> promise) {
        return Arrays.stream(real.getDeclaredConstructors())
                .filter(constructor ->
                        names(constructor.getParameterTypes()).equals(names(promise.getParameterTypes())))
                .findFirst();
    }

    private Optional<Field> find(Field promise) {
        return hierarchy(real)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> field.getName().equals(promise.getName())
                        && field.getType().getName().equals(promise.getType().getName()))
                .findFirst();
    }

    private static boolean isBelow(Class<?> type, String name) {
        return hierarchy(type).anyMatch(above -> above.getName().equals(name));
    }

    private static Stream<Class<?>> hierarchy(Class<?> type) {
        return type == null
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(type),
                        Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
                                .flatMap(SignatureDifferences::hierarchy));
    }

    private static List<String> names(Class<?>[] types) {
        return Arrays.stream(types).map(Class::getName).toList();
    }

    private static String text(Class<?> type, String name, Class<?>... parameters) {
        return type.getSimpleName() + " " + name
                + Arrays.stream(parameters).map(Class::getSimpleName).collect(Collectors.joining(", ", "(", ")"));
    }
}
