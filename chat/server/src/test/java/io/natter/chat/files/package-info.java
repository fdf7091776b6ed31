@NullMarked
package io.natter.chat.files;

import org.jspecify.annotations.NullMarked;
