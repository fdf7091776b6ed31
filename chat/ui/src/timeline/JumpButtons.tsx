import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { texts } from '../language/language';
import type { Room } from '../room/room';
import { Icon } from '../design/Icon';
import { clockTime } from '../time/date-format';

/** "↓ 12 new" while the reader is further up; "↓ Newest" without new messages. */
export function JumpToBottom({ room, onPress }: { room: Room; onPress: () => void }) {
  if (room.atBottom.value) return null;
  const count = room.newBelow.value;
  return (
    <button type="button" class={count > 0 ? 'jump-button bottom news' : 'jump-button bottom'} data-testid="to-bottom" onClick={onPress}>
      <Icon name="down" size={16} />
      {count > 0 ? texts.timeline.newBelow(count) : texts.timeline.newest}
    </button>
  );
}

/** "↑ 23 new since 10:41 · Mark read" while the "New" line is above the view. */
export function JumpToNew({ room, scroller, onJump }: { room: Room; scroller: RefObject<HTMLDivElement | null>; onJump: () => void }) {
  const news = room.news.value;
  const [above, setAbove] = useState(false);
  const rows = room.rows.value;

  useEffect(() => {
    const box = scroller.current;
    if (!box || !news) {
      setAbove(false);
      return undefined;
    }
    const line = box.querySelector('[data-key=new]');
    if (!line) {
      // The line is not in the page, so it is further up.
      setAbove(true);
      return undefined;
    }
    const observer = new IntersectionObserver(
      ([entry]) => setAbove(entry !== undefined && !entry.isIntersecting && entry.boundingClientRect.top < (entry.rootBounds?.top ?? 0)),
      { root: box },
    );
    observer.observe(line);
    return () => observer.disconnect();
  }, [rows, news, scroller]);

  if (!above || !news) return null;
  return (
    <div class="jump-button top" data-testid="news">
      <button type="button" class="jump" onClick={onJump}>
        <Icon name="up" size={16} />
        {news.since === undefined ? texts.timeline.newBelow(news.count) : texts.timeline.newSince(news.count, clockTime(news.since))}
      </button>
      <button type="button" onClick={() => room.markAllRead()}>
        {texts.timeline.markRead}
      </button>
    </div>
  );
}
