import type { ComponentChildren } from 'preact';
import type { Person } from '../net/contract';
import type { Block, Inline } from '../text/markdown-nodes';
import { mentionText } from '../text/plain-text';
import { CodeBlock } from './CodeBlock';
import { Shortcode } from './Shortcode';

/** The parts that the whole text of a message has in common. */
export interface TextContext {
  /** The names of the mentioned people, by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly me: Person | undefined;
  /** The Tab key stops at links and buttons of the focused message only. */
  readonly reachable: boolean;
}

interface BlocksProps {
  readonly blocks: readonly Block[];
  readonly context: TextContext;
  /** Stands behind the last word. */
  readonly tail?: ComponentChildren;
}

/** The blocks of a text as elements. Each has its own direction. */
export function Blocks({ blocks, context, tail }: BlocksProps) {
  const inLast = blocks.at(-1)?.kind === 'text';
  return (
    <>
      {blocks.map((block, i) => drawBlock(block, context, inLast && i === blocks.length - 1 ? tail : undefined))}
      {!inLast && tail}
    </>
  );
}

function drawBlock(block: Block, context: TextContext, tail: ComponentChildren): ComponentChildren {
  switch (block.kind) {
    case 'text':
      return (
        <p dir="auto">
          <Inlines inlines={block.inlines} context={context} />
          {tail}
        </p>
      );
    case 'code':
      return <CodeBlock code={block.text} language={block.language} reachable={context.reachable} />;
    case 'quote':
      return (
        <blockquote dir="auto">
          <Blocks blocks={block.blocks} context={context} />
        </blockquote>
      );
    case 'list': {
      const items = block.items.map((item) => (
        <li value={item.number}>
          <Blocks blocks={item.blocks} context={context} />
        </li>
      ));
      return block.ordered ? <ol dir="auto">{items}</ol> : <ul dir="auto">{items}</ul>;
    }
  }
}

function Inlines({ inlines, context }: { inlines: readonly Inline[]; context: TextContext }) {
  return <>{inlines.map((inline) => drawInline(inline, context))}</>;
}

function drawInline(inline: Inline, context: TextContext): ComponentChildren {
  if (typeof inline === 'string') return inline;
  switch (inline.kind) {
    case 'bold':
      return <strong>{drawAll(inline.children, context)}</strong>;
    case 'italic':
      return <em>{drawAll(inline.children, context)}</em>;
    case 'strike':
      return <s>{drawAll(inline.children, context)}</s>;
    case 'code':
      return (
        <code dir="ltr" class="inline-code">
          {inline.text}
        </code>
      );
    case 'link':
      return (
        <a
          href={inline.href}
          target="_blank"
          rel="noopener noreferrer nofollow ugc"
          tabIndex={context.reachable ? 0 : -1}
        >
          {inline.text}
        </a>
      );
    case 'mention':
      return <Mention id={inline.id} context={context} />;
    case 'shortcode':
      return <Shortcode name={inline.name} />;
  }
}

const drawAll = (inlines: readonly Inline[], context: TextContext) => <Inlines inlines={inlines} context={context} />;

function Mention({ id, context }: { id: string; context: TextContext }) {
  const text = mentionText(id, context.names);
  if (text === undefined) return <>{`<@${id}>`}</>;
  return <bdi class={id === 'room' || id === context.me?.id ? 'mention me' : 'mention'}>{text}</bdi>;
}
