import type { Block, Inline } from './markdown-nodes';
import { parseMarkdown } from './markdown';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The text of a message on one line and without markers: for quotes, announcements and labels. */
export function plainText(text: string, mentions: readonly Named[] = []): string {
  const names = new Map(mentions.map((person) => [person.id, person.name]));
  return blocksText(parseMarkdown(text), names).replace(/\s+/gu, ' ').trim();
}

function blocksText(blocks: readonly Block[], names: ReadonlyMap<string, string>): string {
  return blocks.map((block) => blockText(block, names)).join(' ');
}

function blockText(block: Block, names: ReadonlyMap<string, string>): string {
  switch (block.kind) {
    case 'text':
      return inlineText(block.inlines, names);
    case 'code':
      return block.text;
    case 'quote':
      return blocksText(block.blocks, names);
    case 'list':
      return block.items
        .map((item) => `${item.number === undefined ? '•' : `${item.number}.`} ${blocksText(item.blocks, names)}`)
        .join(' ');
  }
}

function inlineText(inlines: readonly Inline[], names: ReadonlyMap<string, string>): string {
  return inlines.map((inline) => oneText(inline, names)).join('');
}

function oneText(inline: Inline, names: ReadonlyMap<string, string>): string {
  if (typeof inline === 'string') return inline;
  switch (inline.kind) {
    case 'code':
    case 'link':
      return inline.text;
    case 'mention':
      return mentionText(inline.id, names) ?? `<@${inline.id}>`;
    case 'shortcode':
      return `:${inline.name}:`;
    default:
      return inlineText(inline.children, names);
  }
}

/** "@Ada", "@room", or undefined for an unknown person. */
export function mentionText(id: string, names: ReadonlyMap<string, string>): string | undefined {
  if (id === 'room') return '@room';
  const name = names.get(id);
  return name === undefined ? undefined : `@${name}`;
}
