import { texts } from '../language/language';
import { withParts } from '../language/with-parts';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { Logo } from '../design/Logo';

export function NewLine() {
  return (
    <div class="new-line" role="separator" aria-label={texts.timeline.newLineLabel} data-key="new" data-testid="new-line">
      <span>{texts.timeline.newLine}</span>
    </div>
  );
}

export function Gap({ room, after, missing }: { room: Room; after: number; missing: number }) {
  const { online } = useStore().connection;
  const loading = room.history.loading.value === 'gap';
  const refused = room.history.failed.value === 'gap';
  return (
    <div class="gap" data-testid="gap">
      <span>{refused ? texts.timeline.gapRefused(missing) : texts.timeline.gap(missing)}</span>
      <button type="button" disabled={loading || !online.value} onClick={() => void room.loadGap(after)}>
        {loading ? texts.common.loading : refused ? texts.common.tryAgain : texts.timeline.load}
      </button>
    </div>
  );
}

export function Empty({ name }: { name: string }) {
  return (
    <div class="empty" data-testid="empty">
      <Logo size={72} />
      <h2>{texts.timeline.hello}</h2>
      <p>{withParts(texts.timeline.empty, { name: <b>{name}</b> })}</p>
    </div>
  );
}

export function Beginning({ name }: { name: string }) {
  return (
    <p class="beginning">{withParts(texts.timeline.beginning, { name: <b>{name}</b> })}</p>
  );
}

/** Stands in a room without messages until they are loaded. Tells when the server refuses them. */
export function Loading({ room }: { room: Room }) {
  const { online } = useStore().connection;
  const loading = room.history.loading.value === 'newest';
  if (!online.value || room.history.failed.value !== 'newest') return <Skeleton />;
  return (
    <div class="older refused" role="status" data-testid="not-loaded">
      <span>{texts.timeline.notLoaded}</span>
      <button type="button" aria-busy={loading} onClick={() => room.retryNewest()}>
        {loading ? texts.common.loading : texts.common.tryAgain}
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
