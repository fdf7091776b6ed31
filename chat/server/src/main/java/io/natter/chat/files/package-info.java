/// Looks into the bytes of files: tells their types, and writes images anew.
@NullMarked
package io.natter.chat.files;

import org.jspecify.annotations.NullMarked;
