@NullMarked
package io.natter.chat.domain.integration;

import org.jspecify.annotations.NullMarked;
