import type { Answer } from '../net/contract';
import type { ServerConnection } from '../net/server-connection';
import type { Entry, OutgoingFile, SendEntry } from '../outbox/entry';
import type { Done } from '../outbox/sender';
import type { Room } from '../room/room';

/** Sends an entry of the outbox as the request of its operation. */
export function sendOperation(server: Pick<ServerConnection, 'ask'>, entry: Entry): Promise<Answer<Done>> {
  const { room } = entry;
  switch (entry.op) {
    case 'send': {
      const { cmid, text, replyTo } = entry;
      return server.ask('msg.send', { room, cmid, text, ...(replyTo && { reply_to: replyTo.seq }) });
    }
    case 'edit':
      return server.ask('msg.edit', { room, seq: entry.seq, base_ver: entry.baseVer, text: entry.text });
    case 'del':
      return server.ask('msg.del', { room, seq: entry.seq });
    case 'react':
      return server.ask('react', { room, seq: entry.seq, emoji: entry.emoji, on: entry.on });
    case 'pin':
      return server.ask('pin', { room, seq: entry.seq, on: entry.on });
  }
}

/** Does the entry wait for uploads? */
export function hasFiles(entry: Entry): entry is SendEntry & { readonly files: readonly OutgoingFile[] } {
  return entry.op === 'send' && (entry.files?.length ?? 0) > 0;
}

/** Is the result of the entry in the room? */
export function hasArrived(entry: Entry, room: Room | undefined, me: string): boolean {
  if (entry.op === 'send') return room?.holds(entry.cmid, me) === true;
  if (entry.state !== 'sent') return false;
  // A room that is not loaded shows nothing, and its messages come in their newest form.
  return room?.version === undefined || room.version >= (entry.ver ?? 0);
}
