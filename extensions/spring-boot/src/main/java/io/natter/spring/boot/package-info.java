/// The auto-configuration for Spring Boot.
@NullMarked
package io.natter.spring.boot;

import org.jspecify.annotations.NullMarked;
