/// What an operator watches: how long operations take, and which are refused.
@NullMarked
package io.natter.chat.watch;

import org.jspecify.annotations.NullMarked;
