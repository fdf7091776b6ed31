/// The SQL statements of the store, by what they are about. Those that change something are given a
/// [Write][io.natter.chat.store.sql.Write], the others a handle on a transaction that reads.
@NullMarked
package io.natter.chat.store.sql;

import org.jspecify.annotations.NullMarked;
