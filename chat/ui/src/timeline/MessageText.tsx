import { onlyEmoji } from '../look/hue';
import { linkify } from './links';

/** What somebody wrote: text and links as nodes, each paragraph in its own direction. */
export function MessageText({ text }: { text: string }) {
  return (
    <div class={onlyEmoji(text) ? 'text jumbo' : 'text'} dir="auto">
      {linkify(text).map((piece) =>
        typeof piece === 'string' ? (
          piece
        ) : (
          <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow ugc">
            {piece.text}
          </a>
        ),
      )}
    </div>
  );
}
