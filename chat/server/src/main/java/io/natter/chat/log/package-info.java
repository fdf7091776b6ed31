/// Keeps the log readable and private: nothing that a client sends can flood it, forge its lines,
/// or leave people's texts in it.
@NullMarked
package io.natter.chat.log;

import org.jspecify.annotations.NullMarked;
