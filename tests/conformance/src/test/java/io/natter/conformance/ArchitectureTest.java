package io.natter.conformance;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Rules for the libraries that their module declarations cannot express.
class ArchitectureTest {
    private static final JavaClasses LIBRARY =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(
                            "io.natter.protocol",
                            "io.natter.host",
                            "io.natter.engine",
                            "io.natter.socketio",
                            "io.natter.websocket",
                            "io.natter.netty",
                            "io.natter.servlet",
                            "io.natter.webtransport");

    @Test
    void packagesFormNoCircle() {
        slices().matching("io.natter.(**)").should().beFreeOfCycles().check(LIBRARY);
    }

    @Test
    void noPackageHasMoreThan45Files() {
        var files = new TreeMap<String, Long>();
        for (JavaClass type : LIBRARY) {
            if (type.isTopLevelClass() && !type.getSimpleName().endsWith("-info")) {
                files.merge(type.getPackageName(), 1L, Long::sum);
            }
        }
        assertThat(files).hasSizeGreaterThan(5);
        assertThat(files.values()).allMatch(count -> count <= 45, "at most 45 files: " + files);
    }

    /// Files that refer to each other in a circle can only be understood together.
    @Test
    void noCircleInsideAPackageHasMoreThan25Files() {
        var files = new TreeMap<String, Set<String>>();
        for (JavaClass type : LIBRARY) {
            var used = files.computeIfAbsent(file(type), ignored -> new TreeSet<>());
            for (var dependency : type.getDirectDependenciesFromSelf()) {
                var target = dependency.getTargetClass();
                if (target.getPackageName().equals(type.getPackageName())) {
                    used.add(file(target));
                }
            }
        }
        for (var file : files.keySet()) {
            var circle = new TreeSet<>(reachable(file, files));
            circle.removeIf(other -> !reachable(other, files).contains(file));
            assertThat(circle).as("the files in a circle with " + file).hasSizeLessThan(26);
        }
    }

    private static String file(JavaClass type) {
        var element = type.isArray() ? type.getBaseComponentType() : type;
        return element.getName().replaceFirst("\\$.*", "");
    }

    private static Set<String> reachable(String from, Map<String, Set<String>> uses) {
        var found = new HashSet<String>();
        var left = new ArrayDeque<>(uses.getOrDefault(from, Set.of()));
        while (!left.isEmpty()) {
            var next = left.remove();
            if (found.add(next)) {
                left.addAll(uses.getOrDefault(next, Set.of()));
            }
        }
        return found;
    }

    @Test
    void packagesAreConceptsAndNotKinds() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..impl..",
                        "..util..",
                        "..utils..",
                        "..internal..",
                        "..common..",
                        "..handler..",
                        "..handlers..",
                        "..exception..",
                        "..exceptions..",
                        "..model..",
                        "..service..")
                .check(LIBRARY);
    }

    @Test
    void codecsHaveNoThreadClockOrConnection() {
        noClasses()
                .that()
                .resideInAPackage("io.natter.protocol..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.nio.channels..",
                        "java.nio.file..",
                        "java.util.concurrent..",
                        "org.slf4j..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, Clock.class, InstantSource.class, Socket.class)
                .check(LIBRARY);
    }

    @Test
    void timeIsThatOfTheStrandOrAParameter() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.natter.protocol..",
                        "io.natter.host",
                        "io.natter.host.dispatch",
                        "io.natter.engine..",
                        "io.natter.socketio..",
                        "io.natter.websocket..")
                .should()
                .callMethodWhere(
                        target(owner(JavaClass.Predicates.equivalentTo(System.class)))
                                .and(
                                        target(name("nanoTime"))
                                                .or(target(name("currentTimeMillis")))))
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .check(LIBRARY);
    }

    @Test
    void theInProcessHostIsForTestsAndBelowNothing() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.natter.host.inprocess..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.natter.host.inprocess..")
                .check(LIBRARY);
    }

    @Test
    void onlyTheHostsOnNettyKnowNetty() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.natter.netty..", "io.natter.webtransport..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "reactor..")
                .check(LIBRARY);
    }
}
