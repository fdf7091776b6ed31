package io.natter.chat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CHAT =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.natter.chat");

    @Test
    void domainKnowsNeitherStoreNorWebNorAnyOfTheirTools() {
        noClasses()
                .that()
                .resideInAPackage("io.natter.chat.domain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.natter.chat.store..",
                        "io.natter.chat.web..",
                        "io.natter.chat.events..",
                        "io.natter.chat.access..",
                        "io.natter.chat.wire..",
                        "io.natter.netty..",
                        "io.natter.host..",
                        "io.natter.engine..",
                        "io.natter.socketio..",
                        "io.natter.protocol..",
                        "io.netty..",
                        "reactor..",
                        "java.sql..",
                        "javax.sql..",
                        "org.jdbi..",
                        "org.sqlite..")
                .check(CHAT);
    }

    @Test
    void storeKnowsNothingOfTheWeb() {
        noClasses()
                .that()
                .resideInAPackage("io.natter.chat.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.natter.chat.web..",
                        "io.natter.chat.events..",
                        "io.natter.chat.access..",
                        "io.natter.chat.wire..",
                        "io.natter.netty..",
                        "io.natter.host..",
                        "io.natter.engine..",
                        "io.natter.socketio..",
                        "io.netty..",
                        "reactor..")
                .check(CHAT);
    }

    @Test
    void onlyStoreSpeaksSql() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.natter.chat.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..", "org.sqlite..")
                .check(CHAT);
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching("io.natter.chat.(*)..").should().beFreeOfCycles().check(CHAT);
        slices().matching("io.natter.chat.(**)").should().beFreeOfCycles().check(CHAT);
    }

    @Test
    void noPackageHasMoreThan45Files() throws IOException {
        for (Path sources : List.of(Path.of("src/main/java"), Path.of("src/test/java"))) {
            Map<Path, Long> files;
            try (Stream<Path> all = Files.walk(sources)) {
                files =
                        all.filter(file -> file.toString().endsWith(".java"))
                                .collect(groupingBy(Path::getParent, TreeMap::new, counting()));
            }
            assertThat(files).hasSizeGreaterThan(10);
            assertThat(files.values()).allMatch(count -> count <= 45, "at most 45 files: " + files);
        }
    }
}
