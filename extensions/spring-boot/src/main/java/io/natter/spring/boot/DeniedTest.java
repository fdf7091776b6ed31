package io.natter.spring.boot;

/// Whether a failure says that the user may not do this.
interface DeniedTest {
    boolean test(Throwable failure);
}
