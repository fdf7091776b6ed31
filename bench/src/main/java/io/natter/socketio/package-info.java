/// Micro-benchmarks of what `socketio` keeps to itself.
@NullMarked
package io.natter.socketio;

import org.jspecify.annotations.NullMarked;
