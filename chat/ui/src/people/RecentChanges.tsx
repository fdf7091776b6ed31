import { texts } from '../language/language';
import { numberText } from '../language/plural';
import { withParts } from '../language/with-parts';
import type { PresenceChange } from '../presence/roster';
import { clockTime } from '../time/date-format';

/** The people who joined or left the chat lately, folded. */
export function RecentChanges({ changes }: { changes: readonly PresenceChange[] }) {
  const joined = changes.filter((change) => change.joined).length;
  const left = changes.length - joined;
  const parts = [
    joined > 0 ? texts.people.joined(numberText(joined), joined) : '',
    left > 0 ? texts.people.left(numberText(left), left) : '',
  ].filter((part) => part !== '');
  return (
    <details class="recent">
      <summary>{parts.join(', ')}</summary>
      <ul>
        {changes.map((change) => (
          <li key={`${change.id}${change.at}${change.joined}`} class={change.joined ? 'joined' : 'left'} data-testid="recent">
            <span>
              {withParts(texts.people[change.joined ? 'joined' : 'left']('{name}', 1), { name: <bdi>{change.name}</bdi> })}
            </span>
            <time>{clockTime(change.at)}</time>
          </li>
        ))}
      </ul>
    </details>
  );
}
