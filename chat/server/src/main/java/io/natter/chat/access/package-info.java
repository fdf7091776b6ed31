/// Access to the chat and its rate: origins, addresses, cookies and rate limits.
@NullMarked
package io.natter.chat.access;

import org.jspecify.annotations.NullMarked;
