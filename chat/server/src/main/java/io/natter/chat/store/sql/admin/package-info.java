/// The SQL statements of the owners' pages: rooms, people, retention, erasure.
@NullMarked
package io.natter.chat.store.sql.admin;

import org.jspecify.annotations.NullMarked;
