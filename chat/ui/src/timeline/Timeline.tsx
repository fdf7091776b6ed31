import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Room } from '../app/room';
import { dayName } from '../look/times';
import { type Anchor, anchorOf, bottomGap, restore, rowOf } from './anchor';
import { Beginning, Empty, Gap, NewLine, Skeleton } from './furniture';
import { MessageView } from './MessageView';
import { BottomPill, NewsPill } from './pills';
import type { Row } from './rows';

/** Nearer to the bottom than this counts as at the bottom. */
const NEAR_BOTTOM = 48;
/** Older messages are asked for before the reader gets to the top. */
const AHEAD = 700;

export function Timeline({ room }: { room: Room }) {
  const ref = useRef<HTMLDivElement>(null);
  const anchor = useRef<Anchor | undefined>(undefined);
  const lastTop = useRef(0);
  const rows = room.rows.value;

  // Before the page changes: where is what the reader looks at?
  const seen = useRef<readonly Row[]>([]);
  if (seen.current !== rows && ref.current && !room.atBottom.peek()) anchor.current = anchorOf(ref.current);
  seen.current = rows;

  const hold = () => {
    const scroller = ref.current;
    if (!scroller) return;
    if (room.atBottom.peek()) scroller.scrollTop = scroller.scrollHeight;
    else if (anchor.current) restore(scroller, anchor.current);
    lastTop.current = scroller.scrollTop;
  };

  useLayoutEffect(() => {
    hold();
    if (ref.current && ref.current.scrollTop < AHEAD) void room.loadOlder();
  }, [rows, room]);

  // A growing composer, a phone's keyboard or a turned phone changes the height; the bottom stays the bottom.
  useEffect(() => {
    const scroller = ref.current;
    const content = scroller?.firstElementChild;
    if (!scroller || !content) return undefined;
    const observer = new ResizeObserver(hold);
    observer.observe(scroller);
    observer.observe(content);
    return () => observer.disconnect();
  }, [room]);

  const onScroll = () => {
    const scroller = ref.current;
    if (!scroller) return;
    const gap = bottomGap(scroller);
    if (gap < NEAR_BOTTOM) room.setAtBottom(true);
    // Only a move upwards leaves the bottom; content that grows below does not.
    else if (scroller.scrollTop < lastTop.current - 1) room.setAtBottom(false);
    lastTop.current = scroller.scrollTop;
    anchor.current = room.atBottom.peek() ? undefined : anchorOf(scroller);
    if (scroller.scrollTop < AHEAD) void room.loadOlder();
    if (gap < AHEAD) room.showNewer();
  };

  const jumpToNew = async () => {
    const after = room.newAfter.peek();
    if (after === undefined) return;
    room.setAtBottom(false);
    await room.jumpTo(after + 1);
    requestAnimationFrame(() => {
      const scroller = ref.current;
      const line = scroller && (rowOf(scroller, 'new') ?? scroller.querySelector(`[data-seq="${after + 1}"]`));
      if (line) scroller.scrollTop += line.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 12;
    });
  };

  const toBottom = () => {
    room.toNewest();
    requestAnimationFrame(hold);
  };

  return (
    <div class="timeline-box">
      <NewsPill room={room} scroller={ref} onJump={() => void jumpToNew()} />
      <div
        ref={ref}
        class="timeline"
        role="log"
        aria-live="off"
        aria-label={`Messages in ${room.name.value}`}
        tabIndex={0}
        data-testid="timeline"
        data-region="timeline"
        onScroll={onScroll}
        onKeyDown={(e) => step(e, ref.current)}
      >
        <div class="rows">
          {room.ready.value && room.older.value && <div class="older">{room.loading.value === 'older' && <span class="spinner" role="img" aria-label="Loading older messages" />}</div>}
          {!room.ready.value && rows.length === 0 && <Skeleton />}
          {room.empty.value && <Empty name={room.name.value} />}
          {room.ready.value && !room.older.value && rows.length > 0 && <Beginning name={room.name.value} />}
          {rows.map((row) => {
            switch (row.kind) {
              case 'day':
                return <Day key={row.key} ts={row.ts} id={row.key} />;
              case 'new':
                return <NewLine key={row.key} />;
              case 'gap':
                return <Gap key={row.key} room={room} after={row.after} missing={row.missing} />;
              case 'message':
                return <MessageView key={row.key} row={row} room={room.id} />;
            }
          })}
        </div>
      </div>
      <BottomPill room={room} onPress={toBottom} />
    </div>
  );
}

function Day({ ts, id }: { ts: number; id: string }) {
  return (
    <div class="day" role="separator" data-day={id}>
      <span>{dayName(ts, Date.now())}</span>
    </div>
  );
}

/** Arrow keys go from row to row once a row has the focus; Enter on the timeline itself goes to the newest. */
function step(event: KeyboardEvent, scroller: HTMLElement | null): void {
  if (!scroller || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const all = [...scroller.querySelectorAll<HTMLElement>('[role=article]')];
  const at = all.indexOf((event.target as HTMLElement).closest<HTMLElement>('[role=article]') ?? scroller);
  const to =
    event.key === 'Enter' && event.target === scroller ? all.length - 1
    : at >= 0 && event.key === 'ArrowUp' ? at - 1
    : at >= 0 && event.key === 'ArrowDown' ? at + 1
    : undefined;
  const row = to === undefined ? undefined : all[to];
  if (!row) return;
  event.preventDefault();
  row.focus({ preventScroll: true });
  const box = row.getBoundingClientRect();
  const place = scroller.getBoundingClientRect();
  if (box.top < place.top) scroller.scrollTop += box.top - place.top - 12;
  else if (box.bottom > place.bottom) scroller.scrollTop += box.bottom - place.bottom + 12;
}
