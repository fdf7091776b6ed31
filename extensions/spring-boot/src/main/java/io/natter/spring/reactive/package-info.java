/// Leads requests that Natter takes from Reactor Netty's pipeline through the filters of WebFlux.
@NullMarked
package io.natter.spring.reactive;

import org.jspecify.annotations.NullMarked;
