import { inWord } from './characters';
import { codeSpans } from './code-spans';

/**
 * A text field shows `@Ada`; the message itself has `<@ID>`. A name counts where it stands alone, outside of code.
 */

interface Named {
  readonly id: string;
  readonly name: string;
}

const MENTION = /<@([\w-]{1,64})>/g;

/** Names in place of ids, for the text field. An unknown id stays. */
export function withNames(text: string, people: readonly Named[]): string {
  const names = new Map(people.map((person) => [person.id, person.name]));
  return text.replace(MENTION, (whole, id: string) =>
    id === 'room' ? '@room' : names.has(id) ? `@${names.get(id)}` : whole,
  );
}

/** Ids in place of names, and the people that are mentioned. With equal names the first person counts. */
export function withMentions<T extends Named>(text: string, people: readonly T[]): { text: string; mentions: T[] } {
  const byName = new Map<string, T>();
  for (const person of people) if (!byName.has(person.name)) byName.set(person.name, person);
  const names = [...byName.keys(), 'room'].sort((a, b) => b.length - a.length);
  const code = [...codeSpans(text)];
  const mentions = new Map<string, T>();
  let out = '';
  let from = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    while (code[0] && code[0].to <= at) code.shift();
    if ((code[0] && code[0].from <= at) || inWord(text.charAt(at - 1)) || text.charAt(at - 1) === '<') continue;
    const name = names.find(
      (candidate) => text.startsWith(candidate, at + 1) && !inWord(text.charAt(at + 1 + candidate.length)),
    );
    if (name === undefined) continue;
    const person = byName.get(name);
    if (person) mentions.set(person.id, person);
    out += `${text.slice(from, at)}<@${person?.id ?? 'room'}>`;
    from = at + 1 + name.length;
    at = from - 1;
  }
  return { text: out + text.slice(from), mentions: [...mentions.values()] };
}
