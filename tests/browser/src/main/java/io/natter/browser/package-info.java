/// A browser for tests.
@NullMarked
package io.natter.browser;

import org.jspecify.annotations.NullMarked;
