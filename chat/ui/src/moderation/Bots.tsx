import { useState } from 'preact/hooks';
import { lateTexts } from '../language/language';
import { useStore } from '../store/context';
import { whenText } from '../time/when-text';
import { type Bot, createBot, listBots, renewBot, revokeBot } from './integration-api';
import { ShownOnce } from './ShownOnce';
import { useList } from './use-list';

/** Makes bots, and lists them with the buttons that renew and revoke their tokens. */
export function Bots() {
  const { toast } = useStore();
  const [name, setName] = useState('');
  const [made, setMade] = useState<{ bot: Bot; token: string } | undefined>(undefined);
  const { list, problem, reload } = useList<Bot>(async () => {
    const answer = await listBots();
    return typeof answer === 'string' ? answer : answer.bots;
  });
  const show = async (answer: { bot: Bot; token: string } | string) => {
    if (typeof answer === 'string') toast.show(answer);
    else setMade(answer);
    await reload();
    return typeof answer !== 'string';
  };
  const create = async (event: Event) => {
    event.preventDefault();
    if (await show(await createBot(name.trim()))) setName('');
  };
  const revoke = async (id: string) => {
    toast.show(await revokeBot(id));
    if (made?.bot.person.id === id) setMade(undefined);
    await reload();
  };
  return (
    <>
      <p class="quiet">{lateTexts.integrations.botLead}</p>
      <form class="invite-form hook-form" onSubmit={(event) => void create(event)}>
        <label class="labelled">
          <span>{lateTexts.integrations.botName}</span>
          <input type="text" value={name} maxLength={64} required data-testid="bot-name" onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <button type="submit" class="primary" data-testid="create-bot">
          {lateTexts.integrations.newBot}
        </button>
      </form>
      {made && <ShownOnce label={lateTexts.integrations.token(made.bot.person.name)} text={made.token} />}
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <ul class="lines" aria-label={lateTexts.place.bots} aria-busy={list === undefined}>
        {list?.map(({ person, created_by, used_at, revoked }) => (
          <li key={person.id} data-testid="bot">
            <span>
              <b dir="auto">{person.name}</b>
              <small>
                {created_by === '' ? lateTexts.integrations.byOperator : lateTexts.integrations.by(created_by)} · {revoked ? lateTexts.integrations.revoked : used_at === undefined ? lateTexts.integrations.unused : lateTexts.integrations.used(whenText(used_at))}
              </small>
            </span>
            <button type="button" class="secondary" data-testid="renew-bot" onClick={() => void renewBot(person.id).then(show)}>
              {lateTexts.integrations.newToken}
            </button>
            {!revoked && (
              <button type="button" class="secondary" data-testid="revoke-bot" onClick={() => void revoke(person.id)}>
                {lateTexts.place.revoke}
              </button>
            )}
          </li>
        ))}
      </ul>
      {list?.length === 0 && <p class="quiet">{lateTexts.integrations.noBots}</p>}
    </>
  );
}
