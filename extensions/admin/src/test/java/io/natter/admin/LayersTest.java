package io.natter.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The module is one package, on top of the API for applications.
class LayersTest {
    @Test
    void theModuleIsOnePackage() {
        var packages =
                new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("io.natter.admin")
                                .stream()
                                .map(JavaClass::getPackageName)
                                .collect(Collectors.toSet());
        assertThat(packages).containsExactly("io.natter.admin");
    }
}
