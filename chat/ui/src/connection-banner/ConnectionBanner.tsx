import { Icon } from '../design/Icon';
import { deferred } from '../design/Deferred';
import { texts } from '../language/language';
import type { BannerState } from '../store/connection-history';
import { useStore } from '../store/context';
import './connection-banner.css';

const StorageWords = deferred(() => import('./StorageWords').then((module) => module.StorageWords));

/**
 * Reports the state of the connection above the timeline. The element is always there, so that screen readers announce
 * each change.
 */
export function ConnectionBanner() {
  const store = useStore();
  const state = store.connection.banner.value;
  const away = state.kind === 'offline' || state.kind === 'unreachable' || state.kind === 'rejected';
  return (
    <div class="connection-banner-place">
      <div class={`connection-banner ${state.kind}`} role="status" data-testid="connection-banner" data-state={state.kind}>
        {away && <Icon name="offline" size={16} />}
        {(state.kind === 'connecting' || state.kind === 'restarting') && <span class="spinner" />}
        {state.kind === 'storage' && <Icon name="warn" size={16} />}
        {state.kind === 'back' && <Icon name="check" size={16} />}
        {state.kind === 'storage' ? <StorageWords trouble={store.connection.trouble.value} /> : state.kind !== 'none' && <span>{bannerText(state)}</span>}
        {away && (
          <button type="button" onClick={() => store.retryNow()} data-testid="retry-now">
            {texts.banner.retry}
          </button>
        )}
        {state.kind === 'update' && (
          <button type="button" onClick={() => location.reload()}>
            {texts.banner.reload}
          </button>
        )}
      </div>
    </div>
  );
}

function bannerText(state: Exclude<BannerState, { kind: 'none' | 'storage' }>): string {
  switch (state.kind) {
    case 'connecting':
      return state.first ? texts.banner.connecting : texts.banner.reconnecting;
    case 'restarting':
      return texts.banner.restarting;
    case 'offline':
      return texts.banner.offline;
    case 'unreachable':
      return texts.banner.unreachable;
    case 'rejected':
      return state.reason;
    case 'update':
      return texts.banner.update;
    case 'back':
      return state.missed > 0 ? texts.banner.backNew(state.missed) : texts.banner.back;
  }
}
