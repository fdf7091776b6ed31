import { texts } from '../language/language';
import type { Room } from '../room/room';
import { useStore } from '../store/context';

/** Stands above the oldest message while there are older ones. Shows a spinner, or that loading failed. */
export function OlderMessages({ room }: { room: Room }) {
  const { online } = useStore().connection;
  const loading = room.history.loading.value === 'older';
  const refused = room.history.failed.value === 'older';
  return (
    <div class={refused ? 'older refused' : 'older'} role={refused ? 'status' : undefined} data-testid="older">
      {refused && <span>{texts.timeline.olderNotLoaded}</span>}
      {refused && (
        <button type="button" disabled={!online.value} aria-busy={loading} onClick={() => void room.retryOlder()}>
          {loading ? texts.common.loading : texts.common.tryAgain}
        </button>
      )}
      {loading && !refused && <span class="spinner" role="img" aria-label={texts.timeline.loadingOlder} />}
    </div>
  );
}
