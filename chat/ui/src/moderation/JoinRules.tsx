import { lateTexts } from '../language/language';
import type { Policy } from '../net/contract';
import { useStore } from '../store/context';
import { request } from '../store/request';

const POLICIES: readonly Policy[] = ['open', 'accounts', 'invite'];

/** The people who may join. Owners change it, moderators see it. */
export function JoinRules() {
  const store = useStore();
  const { standing } = store;
  const policy = standing.place.value?.policy;
  const choose = async (next: Policy) => {
    const answer = await request(store, 'place.set', { policy: next });
    if (answer) standing.setPlace(answer.place);
  };
  return (
    <fieldset class="kinds" disabled={!standing.owner.value}>
      <legend>{lateTexts.place.whoMayJoin}</legend>
      {POLICIES.map((value) => (
        <label key={value} class="kind">
          <input type="radio" name="policy" checked={policy === value} data-testid={`policy-${value}`} onChange={() => void choose(value)} />
          <span class="rule">
            <b>{lateTexts.place.policies[value][0]}</b>
            <small>{lateTexts.place.policies[value][1]}</small>
          </span>
        </label>
      ))}
      {!standing.owner.value && <p class="quiet">{lateTexts.place.ownerOnly}</p>}
    </fieldset>
  );
}
