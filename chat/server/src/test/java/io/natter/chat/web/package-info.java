@NullMarked
package io.natter.chat.web;

import org.jspecify.annotations.NullMarked;
