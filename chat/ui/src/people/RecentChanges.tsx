import type { PresenceChange } from '../presence/roster';
import { clockTime } from '../time/date-format';

/** The people who joined or left the chat lately, folded. */
export function RecentChanges({ changes }: { changes: readonly PresenceChange[] }) {
  const joined = changes.filter((change) => change.joined).length;
  const left = changes.length - joined;
  const parts = [joined > 0 ? `${joined} joined` : '', left > 0 ? `${left} left` : ''].filter((part) => part !== '');
  return (
    <details class="recent">
      <summary>{parts.join(', ')}</summary>
      <ul>
        {changes.map((change) => (
          <li key={`${change.id}${change.at}${change.joined}`} class={change.joined ? 'joined' : 'left'} data-testid="recent">
            <span>
              <bdi>{change.name}</bdi> {change.joined ? 'joined' : 'left'}
            </span>
            <time>{clockTime(change.at)}</time>
          </li>
        ))}
      </ul>
    </details>
  );
}
