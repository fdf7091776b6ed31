import { personHue } from '../design/person-hue';
import { texts } from '../language/language';
import type { MessageRow } from '../room/timeline-rows';
import { useStore } from '../store/context';
import { clockTime, gutterTime, wholeTime } from '../time/date-format';

/** Author and time of the first message of a group. */
export function Byline({ id, row: { author, ts } }: { id: string; row: MessageRow }) {
  const { people } = useStore();
  return (
    <div class="byline">
      <bdi id={`${id}-author`} class="author" style={{ '--h': String(personHue(author.hue)) }}>
        {people.nameOf(author)}
      </bdi>
      {author.bot && <span class="role-tag">{texts.common.bot}</span>}
      <time id={`${id}-time`} dateTime={new Date(ts).toISOString()} title={wholeTime(ts)}>
        {clockTime(ts)}
      </time>
    </div>
  );
}

/** A grouped message shows its time only. Its author and time are there for screen readers. */
export function Gutter({ id, row: { author, ts } }: { id: string; row: MessageRow }) {
  return (
    <>
      <time class="gutter-time" aria-hidden="true" title={wholeTime(ts)}>
        {gutterTime(ts)}
      </time>
      <span id={`${id}-author`} hidden>
        {author.name}
      </span>
      <span id={`${id}-time`} hidden>
        {clockTime(ts)}
      </span>
    </>
  );
}
