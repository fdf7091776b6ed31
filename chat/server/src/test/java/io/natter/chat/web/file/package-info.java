@NullMarked
package io.natter.chat.web.file;

import org.jspecify.annotations.NullMarked;
