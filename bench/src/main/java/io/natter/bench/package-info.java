/// The Natter server that is measured beside its peers, and micro-benchmarks of what a message
/// passes on its way.
@NullMarked
package io.natter.bench;

import org.jspecify.annotations.NullMarked;
