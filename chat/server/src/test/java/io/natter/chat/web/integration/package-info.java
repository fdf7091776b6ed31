@NullMarked
package io.natter.chat.web.integration;

import org.jspecify.annotations.NullMarked;
