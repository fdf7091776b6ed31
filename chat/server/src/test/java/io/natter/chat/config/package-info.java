@NullMarked
package io.natter.chat.config;

import org.jspecify.annotations.NullMarked;
