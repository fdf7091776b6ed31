/** The parts of a message's text. Components draw them as elements, never as HTML. */

export type Emphasis = 'bold' | 'italic' | 'strike';

export type Inline =
  | string
  | { readonly kind: Emphasis; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly href: string; readonly text: string }
  /** `id` is a person's id, or `room`. */
  | { readonly kind: 'mention'; readonly id: string }
  /** `:name:`; it may be no known emoji. */
  | { readonly kind: 'shortcode'; readonly name: string };

export interface ListItem {
  /** The number in an ordered list. */
  readonly number: number | undefined;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'text'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly ListItem[] };
