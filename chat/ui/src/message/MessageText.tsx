import type { ComponentChildren, RefObject } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Person } from '../net/contract';
import { onlyEmoji } from '../text/graphemes';
import { parseMarkdown } from '../text/markdown';
import { Blocks } from './Markdown';

interface Props {
  readonly text: string;
  readonly mentions: readonly Person[];
  readonly me: Person | undefined;
  readonly id: string;
  readonly box?: RefObject<HTMLDivElement | null>;
  readonly collapsed?: boolean;
  readonly waiting?: boolean;
  readonly reachable: boolean;
  /** Stands behind the last word. */
  readonly tail?: ComponentChildren;
}

/** The text of a message: Markdown as elements, each part in its own direction. */
export function MessageText({
  text,
  mentions,
  me,
  id,
  box,
  collapsed = false,
  waiting = false,
  reachable,
  tail,
}: Props) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  const names = useMemo(() => new Map(mentions.map((person) => [person.id, person.name])), [mentions]);
  const classes = `text${collapsed ? ' collapsed' : ''}${onlyEmoji(text) ? ' jumbo' : ''}${waiting ? ' waiting' : ''}`;
  return (
    <div {...(box && { ref: box })} id={id} class={classes} dir="auto">
      <Blocks blocks={blocks} context={{ names, me, reachable }} tail={tail} />
    </div>
  );
}
