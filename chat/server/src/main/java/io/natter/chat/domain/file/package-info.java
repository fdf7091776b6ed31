/// Files that people send with messages.
@NullMarked
package io.natter.chat.domain.file;

import org.jspecify.annotations.NullMarked;
