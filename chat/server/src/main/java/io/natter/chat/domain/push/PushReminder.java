package io.natter.chat.domain.push;

import io.natter.chat.domain.message.Message;
import java.util.List;

/// A reminder that goes to the browsers of a person.
public record PushReminder(Message message, List<PushTarget> targets) {}
