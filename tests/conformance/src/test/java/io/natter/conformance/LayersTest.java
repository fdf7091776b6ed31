package io.natter.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The packages of each module form layers.
class LayersTest {
    /// The packages of each module below `io.natter`, from the bottom up. A package may use only
    /// those before it.
    static Stream<List<String>> modules() {
        return Stream.of(
                List.of("protocol.json", "protocol"),
                List.of("host", "host.dispatch", "host.strand", "host.inprocess"),
                List.of("engine.polling", "engine"),
                List.of(
                        "socketio.bundle",
                        "socketio.payload",
                        "socketio.adapter",
                        "socketio.event",
                        "socketio.rooms",
                        "socketio.connection",
                        "socketio",
                        "socketio.presence"),
                List.of("websocket"),
                List.of("netty.frame", "netty.loop", "netty.websocket", "netty.http", "netty"),
                List.of("servlet"),
                List.of("webtransport"),
                List.of("testing"),
                List.of("cluster", "cluster.forwarding"),
                List.of("redis"),
                List.of("admin"),
                List.of("micrometer"),
                List.of(
                        "spring",
                        "spring.controller",
                        "spring.security",
                        "spring.reactive",
                        "spring.boot"),
                List.of("postgres"));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void eachPackageUsesOnlyThoseBelowIt(List<String> names) {
        var packages = names.stream().map(name -> "io.natter." + name).toList();
        var layers =
                layeredArchitecture()
                        .consideringOnlyDependenciesInLayers()
                        .ensureAllClassesAreContainedInArchitecture();
        for (var name : packages) {
            layers = layers.layer(name).definedBy(name);
        }
        for (int i = 0; i < packages.size(); i++) {
            var above = packages.subList(i + 1, packages.size());
            var layer = layers.whereLayer(packages.get(i));
            layers =
                    above.isEmpty()
                            ? layer.mayNotBeAccessedByAnyLayer()
                            : layer.mayOnlyBeAccessedByLayers(above.toArray(String[]::new));
        }
        String module = packages.getFirst().split("\\.", -1)[2];
        layers.check(
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.natter." + module));
    }

    @Test
    void theTwoPackagesOfClusterDoNotUseEachOther() {
        var classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.natter.cluster");
        noClasses()
                .that()
                .resideInAPackage("io.natter.cluster.forwarding")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.natter.cluster")
                .check(classes);
    }
}
