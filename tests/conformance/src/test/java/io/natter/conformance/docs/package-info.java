/// The statements of the documentation hold.
@org.jspecify.annotations.NullMarked
package io.natter.conformance.docs;
