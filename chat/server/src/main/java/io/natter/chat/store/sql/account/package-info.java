/// The SQL statements of accounts and of the ways to sign in to them.
@NullMarked
package io.natter.chat.store.sql.account;

import org.jspecify.annotations.NullMarked;
