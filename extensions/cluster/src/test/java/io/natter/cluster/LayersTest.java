package io.natter.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The module has two packages that do not know each other: adapters, on top of the API for them,
/// and forwarding.
class LayersTest {
    @Test
    void theModuleHasTwoPackages() {
        var packages =
                new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("io.natter.cluster")
                                .stream()
                                .map(JavaClass::getPackageName)
                                .collect(Collectors.toSet());
        assertThat(packages)
                .containsExactlyInAnyOrder("io.natter.cluster", "io.natter.cluster.forwarding");
    }

    @Test
    void thePackagesDoNotKnowEachOther() {
        var classes = new ClassFileImporter().importPackages("io.natter.cluster");
        noClasses()
                .that()
                .resideInAPackage("io.natter.cluster")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.natter.cluster.forwarding")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("io.natter.cluster.forwarding")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.natter.cluster")
                .check(classes);
    }
}
