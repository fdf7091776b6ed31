@NullMarked
package io.natter.chat.domain.person;

import org.jspecify.annotations.NullMarked;
