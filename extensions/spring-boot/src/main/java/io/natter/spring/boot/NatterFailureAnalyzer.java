package io.natter.spring.boot;

import io.natter.spring.NatterSetupException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Prints a mistake in the set-up as Spring Boot prints such mistakes.
final class NatterFailureAnalyzer extends AbstractFailureAnalyzer<NatterSetupException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, NatterSetupException cause) {
        return new FailureAnalysis(cause.problem(), cause.action(), cause);
    }
}
