import type { Message, Person, Reaction } from '../net/contract';
import type { ChangeEntry } from '../outbox/entry';

/** The message as its reader wants it: with one's own changes that have not arrived yet. */
export function optimisticMessage(message: Message, changes: readonly ChangeEntry[], me: Person): Message {
  return changes.reduce((shown, change) => (isOpen(change, message) ? withChange(shown, change, me) : shown), message);
}

/** A failed change is not shown, and an answered one only until its result is here. */
function isOpen({ state, ver = 0 }: ChangeEntry, message: Message): boolean {
  return state === 'queued' || state === 'sending' || (state === 'sent' && ver > message.ver);
}

function withChange(message: Message, change: ChangeEntry, me: Person): Message {
  switch (change.op) {
    case 'edit':
      return {
        ...message,
        text: change.text,
        edited_at: change.at,
        mentions: change.mentions ?? message.mentions ?? [],
      };
    case 'del':
      return { ...message, text: '', deleted: true, reactions: [], pinned: false, files: [] };
    case 'react':
      return { ...message, reactions: withReaction(message.reactions ?? [], change.emoji, change.on, me) };
    case 'pin':
      return { ...message, pinned: change.on };
  }
}

function withReaction(reactions: readonly Reaction[], emoji: string, on: boolean, me: Person): Reaction[] {
  const mine = (reaction: Reaction) => reaction.people.some((person) => person.id === me.id);
  const known = reactions.find((reaction) => reaction.emoji === emoji);
  if ((known !== undefined && mine(known)) === on) return [...reactions];
  if (!known) return [...reactions, { emoji, people: [me], count: 1 }];
  const people = on ? [...known.people, me] : known.people.filter((person) => person.id !== me.id);
  const changed = { emoji, people, count: known.count + (on ? 1 : -1) };
  return reactions
    .map((reaction) => (reaction === known ? changed : reaction))
    .filter((reaction) => reaction.count > 0);
}
