package io.natter.spring;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The packages of this module form layers.
class LayersTest {
    /// From the bottom up: each package may use only those before it.
    private static final List<String> PACKAGES =
            List.of(
                    "io.natter.spring",
                    "io.natter.spring.controller",
                    "io.natter.spring.security",
                    "io.natter.spring.reactive",
                    "io.natter.spring.boot");

    @Test
    void eachPackageUsesOnlyThoseBelowIt() {
        var layers =
                layeredArchitecture()
                        .consideringOnlyDependenciesInLayers()
                        .ensureAllClassesAreContainedInArchitecture();
        for (var name : PACKAGES) {
            layers = layers.layer(name).definedBy(name);
        }
        for (int i = 0; i < PACKAGES.size(); i++) {
            var above = PACKAGES.subList(i + 1, PACKAGES.size());
            var layer = layers.whereLayer(PACKAGES.get(i));
            layers =
                    above.isEmpty()
                            ? layer.mayNotBeAccessedByAnyLayer()
                            : layer.mayOnlyBeAccessedByLayers(above.toArray(String[]::new));
        }
        layers.check(
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.natter.spring"));
    }
}
