import { retryNow, strip } from '../app/natter';
import { Icon } from '../look/Icon';
import type { StripView } from './strip';
import './strip.css';

/** Tells of the connection, above the timeline and never in its way. Always there, so that a screen reader hears it. */
export function Strip() {
  const view = strip.value;
  const away = view.kind === 'offline' || view.kind === 'refused';
  return (
    <div class="strip-place">
      <div class={`strip ${view.kind}`} role="status" data-testid="strip" data-state={view.kind}>
        {away && <Icon name="offline" size={16} />}
        {(view.kind === 'connecting' || view.kind === 'restarting') && <span class="spinner" />}
        {view.kind === 'back' && <Icon name="check" size={16} />}
        {view.kind !== 'none' && <span>{words(view)}</span>}
        {away && (
          <button type="button" onClick={retryNow} data-testid="retry-now">
            Retry now
          </button>
        )}
        {view.kind === 'update' && (
          <button type="button" onClick={() => location.reload()}>
            Reload
          </button>
        )}
      </div>
    </div>
  );
}

function words(view: Exclude<StripView, { kind: 'none' }>): string {
  switch (view.kind) {
    case 'connecting':
      return view.first ? 'Connecting…' : 'Reconnecting…';
    case 'restarting':
      return 'Server is restarting';
    case 'offline':
      return 'Offline: messages will be sent when you are back';
    case 'refused':
      return view.why;
    case 'update':
      return 'Update ready';
    case 'back':
      return view.missed > 0 ? `Back online, ${view.missed} new` : 'Back online';
  }
}
