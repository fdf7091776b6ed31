/// The code of the documentation compiles.
@org.jspecify.annotations.NullMarked
package io.natter.snippets;
