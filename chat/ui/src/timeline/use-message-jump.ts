import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Room } from '../room/room';
import { useStore } from '../store/context';

/** Brings the room's target message into view and marks it for a moment. Without a connection it waits for one. */
export function useMessageJump(room: Room, scroller: RefObject<HTMLElement | null>, jumped: () => void): void {
  const target = room.target.value;
  const ready = room.ready.value;
  const online = useStore().connection.online.value;

  useEffect(() => {
    if (!target || !ready) return;
    const jump = async () => {
      room.setAtBottom(false);
      await room.jumpTo(target.seq);
      requestAnimationFrame(() => {
        const row = scroller.current && rowAt(scroller.current, target.seq);
        if (!scroller.current || !row || room.target.peek() !== target) return;
        room.target.value = undefined;
        bringIntoView(scroller.current, row);
        jumped();
      });
    };
    void jump();
  }, [room, target, ready, online]);
}

function bringIntoView(scroller: HTMLElement, row: HTMLElement): void {
  const place = scroller.getBoundingClientRect();
  scroller.scrollTop += row.getBoundingClientRect().top - place.top - place.height / 3;
  row.focus({ preventScroll: true });
  delete row.dataset['flash'];
  // The animation begins again for a row that is still marked.
  void row.offsetWidth;
  row.dataset['flash'] = '';
  row.addEventListener('animationend', () => delete row.dataset['flash'], { once: true });
}

/** The row of a message, or the folded row that holds it. */
function rowAt(scroller: HTMLElement, seq: number): HTMLElement | undefined {
  const exact = scroller.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
  if (exact) return exact;
  const folded = [...scroller.querySelectorAll<HTMLElement>('[data-testid=folded]')];
  return folded.find(({ dataset }) => Number(dataset['seq']) <= seq && seq <= Number(dataset['lastSeq']));
}
