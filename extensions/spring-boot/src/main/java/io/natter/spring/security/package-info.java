/// Works with Spring Security, if the application has it.
@NullMarked
package io.natter.spring.security;

import org.jspecify.annotations.NullMarked;
