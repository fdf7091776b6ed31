/// Outside clients against the servers of `bin/conformance`.
@org.jspecify.annotations.NullMarked
package io.natter.conformance;
