/// Socket.IO in a Spring application: controllers by annotation, and the beans that an application
/// may define.
@NullMarked
package io.natter.spring;

import org.jspecify.annotations.NullMarked;
