/// Every example in a real browser.
@NullMarked
package io.natter.examples;

import org.jspecify.annotations.NullMarked;
