import { useEffect } from 'preact/hooks';
import { emojiIndex, loadEmoji } from '../emoji/emoji-index';

/** The emoji of a shortcode. The shortcode itself stands there until all emoji are loaded, and if it is unknown. */
export function Shortcode({ name }: { name: string }) {
  useEffect(() => void loadEmoji(), []);
  const emoji = emojiIndex.value?.find(name);
  return emoji === undefined ? (
    <>{`:${name}:`}</>
  ) : (
    <span role="img" aria-label={name.replaceAll('_', ' ')} title={`:${name}:`}>
      {emoji}
    </span>
  );
}
