import { online } from '../app/natter';
import type { Room } from '../app/room';
import { Logo } from '../look/Logo';

export function NewLine() {
  return (
    <div class="new-line" role="separator" aria-label="New messages" data-key="new" data-testid="new-line">
      <span>New</span>
    </div>
  );
}

export function Gap({ room, after, missing }: { room: Room; after: number; missing: number }) {
  const loading = room.loading.value === 'gap';
  return (
    <div class="gap" data-testid="gap">
      <span>{missing === 1 ? '1 message is' : `${missing} messages are`} not loaded</span>
      <button type="button" disabled={loading || !online.value} onClick={() => void room.loadGap(after)}>
        {loading ? 'Loading…' : 'Load'}
      </button>
    </div>
  );
}

export function Empty({ name }: { name: string }) {
  return (
    <div class="empty" data-testid="empty">
      <Logo size={72} />
      <h2>Say hello</h2>
      <p>
        Nobody has written in <b>{name}</b> yet. The first word is yours.
      </p>
    </div>
  );
}

export function Beginning({ name }: { name: string }) {
  return (
    <p class="beginning">
      This is where <b>{name}</b> begins.
    </p>
  );
}

const WIDTHS = ['w60', 'w85', 'w45', 'w75', 'w55', 'w90', 'w40', 'w70'];

export function Skeleton() {
  return (
    <div class="skeleton" aria-hidden="true">
      {WIDTHS.map((width) => (
        <div class="bone-row" key={width}>
          <span class="bone face" />
          <span class="bones">
            <span class="bone short" />
            <span class={`bone ${width}`} />
          </span>
        </div>
      ))}
    </div>
  );
}
