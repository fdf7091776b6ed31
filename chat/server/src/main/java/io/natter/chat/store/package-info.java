/// [ChatStore][io.natter.chat.domain.store.ChatStore] on one SQLite file: one thread writes,
/// gathering what waits into one commit; a small pool of connections reads beside it.
@NullMarked
package io.natter.chat.store;

import org.jspecify.annotations.NullMarked;
