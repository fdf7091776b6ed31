import type { Push } from '../src/language/en/push';

/** The push message of the server: `PushMessage` of the server writes it. */
export interface PushNotice {
  readonly test?: boolean;
  readonly room?: string;
  readonly path?: string;
  readonly title?: string;
  readonly sender?: string;
  readonly text?: string;
  /** The person asked to be reminded of this message. */
  readonly reminder?: boolean;
}

export interface Notice {
  readonly title: string;
  readonly options: NotificationOptions & { data: { path: string } };
}

/**
 * The notification of a push message. A newer one of the same room takes its place. `base`: the path below which the
 * page is; empty for `/`.
 */
export function noticeOf(sent: PushNotice, texts: Push, base: string): Notice {
  if (sent.test) return notice('Natter', texts.works, 'test', '/', base);
  const { sender = '', title = 'Natter', text = '', room = '', path = '/' } = sent;
  if (sent.reminder) return notice(texts.reminder(title), sender === '' ? text : `${sender}: ${text}`, `remind${path}`, path, base);
  // In a direct room, the title is the sender's name already.
  return notice(title, sender === '' || sender === title ? text : `${sender}: ${text}`, room, path, base);
}

function notice(title: string, body: string, tag: string, path: string, base: string): Notice {
  return { title, options: { body, tag, icon: `${base}/icon-192.png`, badge: `${base}/badge.png`, data: { path: base + path } } };
}

/** Reads a push message. A browser must show something for each, so that what cannot be read is shown as a hint. */
export function readNotice(data: { json(): unknown } | null, texts: Push): PushNotice {
  try {
    const read: unknown = data?.json();
    if (typeof read === 'object' && read !== null) return read;
  } catch {
    // Falls through to the hint.
  }
  return { title: 'Natter', text: texts.newMessage };
}
