/// The store as the rest of the chat sees it, and the changes that it publishes.
@NullMarked
package io.natter.chat.domain.store;

import org.jspecify.annotations.NullMarked;
