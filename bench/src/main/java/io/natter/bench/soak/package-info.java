/// The server that `bin/soak` attacks.
@NullMarked
package io.natter.bench.soak;

import org.jspecify.annotations.NullMarked;
