/// Web Push: the browsers that want to be told of messages while the page is closed.
@org.jspecify.annotations.NullMarked
package io.natter.chat.domain.push;
