/// Finds the methods of controllers and connects them to the server.
@NullMarked
package io.natter.spring.controller;

import org.jspecify.annotations.NullMarked;
