import { useState } from 'preact/hooks';
import { me, roster } from '../app/natter';
import { Avatar } from '../look/Avatar';
import { Icon } from '../look/Icon';
import { clockTime } from '../look/times';
import { go } from '../shell/view';
import './people.css';
import type { Step } from './roster';

/** More than this are not listed; the filter finds them among those the server names. */
const LISTED = 200;
const FILTER_FROM = 12;

/** The right column: who is here, and who came and left while the page was open. */
export function People() {
  const { people, count, lately } = roster.value;
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLocaleLowerCase();
  const found = wanted === '' ? people : people.filter((p) => p.name.toLocaleLowerCase().includes(wanted));
  const listed = found.slice(0, LISTED);
  const more = (wanted === '' ? count : found.length) - listed.length;

  return (
    <aside class="people" aria-label="People" tabIndex={-1} data-region="people">
      <div class="people-head">
        <h2>
          Online <span class="number">{count}</span>
        </h2>
        <button type="button" class="plain close" aria-label="Close" onClick={() => go('room')}>
          <Icon name="close" />
        </button>
      </div>
      <div class="people-body">
        {people.length >= FILTER_FROM && (
          <input
            type="search"
            class="filter"
            placeholder="Find somebody"
            aria-label="Find somebody"
            value={filter}
            onInput={(event) => setFilter(event.currentTarget.value)}
          />
        )}
        <ul class="people-list">
          {listed.map((person) => (
            <li key={person.id} class="person" data-testid="person" data-id={person.id}>
              <span class="face">
                <Avatar person={person} small />
                <span class="dot" />
              </span>
              <bdi>{person.name}</bdi>
              {person.id === me.value?.id && <span class="you">you</span>}
            </li>
          ))}
        </ul>
        {wanted !== '' && listed.length === 0 && <p class="nobody">Nobody of that name is online.</p>}
        {more > 0 && <p class="nobody">and {more} more</p>}
      </div>
      {lately.length > 0 && <Lately steps={lately} />}
    </aside>
  );
}

function Lately({ steps }: { steps: readonly Step[] }) {
  return (
    <section class="lately" aria-label="Lately">
      <h2>Lately</h2>
      <ul>
        {steps.map((step) => (
          <li key={`${step.id}${step.at}${step.came}`} class={step.came ? 'came' : 'gone'} data-testid="lately">
            <span>
              <bdi>{step.name}</bdi> {step.came ? 'came in' : 'left'}
            </span>
            <time>{clockTime(step.at)}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}
