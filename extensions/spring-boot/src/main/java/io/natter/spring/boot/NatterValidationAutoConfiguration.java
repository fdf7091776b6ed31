package io.natter.spring.boot;

import io.natter.spring.controller.ArgumentCheck;
import io.natter.spring.controller.ArgumentValidator;
import jakarta.validation.Validator;
import jakarta.validation.executable.ExecutableValidator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/// Bean Validation of the arguments of handlers.
@AutoConfiguration(
        afterName = "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration")
@ConditionalOnClass(ExecutableValidator.class)
public class NatterValidationAutoConfiguration {

    @Bean
    ArgumentCheck natterArgumentCheck(ObjectProvider<Validator> validator) {
        var application = validator.getIfAvailable();
        return application == null ? ArgumentCheck.NONE : new ArgumentValidator(application);
    }
}
