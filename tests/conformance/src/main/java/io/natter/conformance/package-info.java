/// Servers for the test suites of outside clients, one class for each mode of `bin/conformance`.
@org.jspecify.annotations.NullMarked
package io.natter.conformance;
