/// The SQL statements of bots, webhooks and the events that go to them.
@NullMarked
package io.natter.chat.store.sql.integration;

import org.jspecify.annotations.NullMarked;
