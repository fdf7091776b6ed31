/// Who may reach the chat, and how fast: origins, addresses, cookies and rate limits.
@NullMarked
package io.natter.chat.access;

import org.jspecify.annotations.NullMarked;
