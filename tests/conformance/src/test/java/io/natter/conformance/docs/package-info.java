/// What the documentation says is true.
@org.jspecify.annotations.NullMarked
package io.natter.conformance.docs;
