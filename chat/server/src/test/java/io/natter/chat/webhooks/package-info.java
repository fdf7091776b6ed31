@NullMarked
package io.natter.chat.webhooks;

import org.jspecify.annotations.NullMarked;
