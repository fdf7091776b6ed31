@NullMarked
package io.natter.chat.web.http;

import org.jspecify.annotations.NullMarked;
