import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { Logo } from '../design/Logo';

export function NewLine() {
  return (
    <div class="new-line" role="separator" aria-label="New messages" data-key="new" data-testid="new-line">
      <span>New</span>
    </div>
  );
}

export function Gap({ room, after, missing }: { room: Room; after: number; missing: number }) {
  const { online } = useStore().connection;
  const loading = room.history.loading.value === 'gap';
  const refused = room.history.failed.value === 'gap';
  return (
    <div class="gap" data-testid="gap">
      <span>
        {missing === 1 ? '1 message' : `${missing} messages`} {refused ? 'could not be loaded' : missing === 1 ? 'is not loaded' : 'are not loaded'}
      </span>
      <button type="button" disabled={loading || !online.value} onClick={() => void room.loadGap(after)}>
        {loading ? 'Loading…' : refused ? 'Try again' : 'Load'}
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
        There are no messages in <b>{name}</b> yet. Write the first one.
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

/** Stands in a room without messages until they are loaded. Tells when the server refuses them. */
export function Loading({ room }: { room: Room }) {
  const { online } = useStore().connection;
  const loading = room.history.loading.value === 'newest';
  if (!online.value || room.history.failed.value !== 'newest') return <Skeleton />;
  return (
    <div class="older refused" role="status" data-testid="not-loaded">
      <span>The messages could not be loaded</span>
      <button type="button" aria-busy={loading} onClick={() => room.retryNewest()}>
        {loading ? 'Loading…' : 'Try again'}
      </button>
    </div>
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
