import type { Message, RoomEvent, RoomHead } from '../src/net/contract';

export const ada = { id: 'a', name: 'Ada', hue: 0 };
export const bob = { id: 'b', name: 'Bob', hue: 0 };

export function message(seq: number, more: Partial<Message> = {}): Message {
  return { seq, ver: seq, ts: 1_000_000 + seq * 1000, cmid: `c${seq}`, sender: bob, text: `text ${seq}`, ...more };
}

export function range(from: number, to: number): Message[] {
  return Array.from({ length: to - from + 1 }, (_, i) => message(from + i));
}

export function event(m: Message): RoomEvent {
  return { room: 'general', ver: m.ver, seq: m.seq, kind: 'msg', m };
}

export function head(id: string, last: number, more: Partial<RoomHead> = {}): RoomHead {
  const seqs = { last_seq: last, last_ver: last, read_seq: last, unread: 0, mentions: 0 };
  return { id, kind: 'public', slug: id, name: id, level: 'all', ...seqs, ...more };
}
