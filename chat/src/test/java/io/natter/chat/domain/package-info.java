@NullMarked
package io.natter.chat.domain;

import org.jspecify.annotations.NullMarked;
