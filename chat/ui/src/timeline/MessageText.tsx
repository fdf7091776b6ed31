import { onlyEmoji } from '../look/hue';
import { linkify } from './links';

/** What somebody wrote: text and links as nodes, each paragraph in its own direction. */
export function MessageText({ text, waiting = false }: { text: string; waiting?: boolean }) {
  return (
    <div class={`text${onlyEmoji(text) ? ' jumbo' : ''}${waiting ? ' waiting' : ''}`} dir="auto">
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
