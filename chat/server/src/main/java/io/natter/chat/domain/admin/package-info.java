/// The views of owners and moderators on the whole place, and their decisions.
@NullMarked
package io.natter.chat.domain.admin;

import org.jspecify.annotations.NullMarked;
