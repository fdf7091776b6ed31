@org.jspecify.annotations.NullMarked
package io.natter.chat.push;
