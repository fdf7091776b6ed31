/// The SQL statements of what one person alone has: saved and scheduled messages, reminders, push
/// subscriptions.
@NullMarked
package io.natter.chat.store.sql.personal;

import org.jspecify.annotations.NullMarked;
