import { type ReadonlySignal, signal } from '@preact/signals';
import type { Message } from '../net/contract';

/** Does a message mention this person, by name or with everybody in the room? */
export function mentionsMe(message: Message, me: string): boolean {
  return message.mentions?.some((person) => person.id === me) === true || message.text.includes('<@room>');
}

/** The unread messages of a room that mention the person. In a direct room all unread messages count. */
export class MentionCount {
  private readonly number = signal(0);

  get count(): ReadonlySignal<number> {
    return this.number;
  }

  set(count: number): void {
    this.number.value = count;
  }

  /** A new message of another person arrived. */
  arrived(message: Message, me: string, direct: boolean): void {
    if (direct || mentionsMe(message, me)) this.number.value++;
  }
}
