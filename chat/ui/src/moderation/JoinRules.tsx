import type { Policy } from '../net/contract';
import { useStore } from '../store/context';

const POLICIES: readonly (readonly [Policy, string, string])[] = [
  ['open', 'Everybody', 'A name is enough. Guests may set a password later.'],
  ['accounts', 'Everybody with a password', 'New people sign up. Guests who are in stay in.'],
  ['invite', 'People with an invite', 'New people sign up with the link of an invite.'],
];

/** The people who may join. Owners change it, moderators see it. */
export function JoinRules() {
  const { standing, server, toast } = useStore();
  const policy = standing.place.value?.policy;
  const choose = async (next: Policy) => {
    const answer = await server.ask('place.set', { policy: next }).catch(() => undefined);
    if (answer?.ok === true) standing.setPlace(answer.place);
    else toast.show(answer?.err.message ?? 'The server does not answer.');
  };
  return (
    <fieldset class="kinds" disabled={!standing.owner.value}>
      <legend>Who may join</legend>
      {POLICIES.map(([value, label, explanation]) => (
        <label key={value} class="kind">
          <input type="radio" name="policy" checked={policy === value} data-testid={`policy-${value}`} onChange={() => void choose(value)} />
          <span class="rule">
            <b>{label}</b>
            <small>{explanation}</small>
          </span>
        </label>
      ))}
      {!standing.owner.value && <p class="quiet">Only an owner changes this.</p>}
    </fieldset>
  );
}
