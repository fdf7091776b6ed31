/// The requests that send and fetch files and pictures.
@NullMarked
package io.natter.chat.web.file;

import org.jspecify.annotations.NullMarked;
