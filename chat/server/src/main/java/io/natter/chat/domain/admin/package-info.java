/// What owners and moderators see and decide about the whole place.
@NullMarked
package io.natter.chat.domain.admin;

import org.jspecify.annotations.NullMarked;
