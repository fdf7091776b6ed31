/// A browser for tests, and a provider at which people sign in there.
@NullMarked
package io.natter.browser;

import org.jspecify.annotations.NullMarked;
