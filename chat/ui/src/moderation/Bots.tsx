import { useState } from 'preact/hooks';
import { useStore } from '../store/context';
import { whenText } from '../time/when-text';
import { type Bot, createBot, listBots, renewBot, revokeBot } from './integration-api';
import { ShownOnce } from './ShownOnce';
import { useList } from './use-list';

const TEXT = {
  about: 'A bot is a program with a name and a token. Add it to rooms as you add people.',
  name: 'Name of the bot',
  create: 'New bot',
  list: 'Bots',
  none: 'There is no bot yet.',
  token: (name: string) => `The token of ${name}.`,
  by: (name: string) => `by ${name === '' ? 'the operator' : name}`,
  used: (when: string) => `used ${when}`,
  unused: 'not used yet',
  revoked: 'revoked',
  renew: 'New token',
  revoke: 'Revoke',
} as const;

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
      <p class="quiet">{TEXT.about}</p>
      <form class="hook-form" onSubmit={(event) => void create(event)}>
        <label class="labelled">
          <span>{TEXT.name}</span>
          <input type="text" value={name} maxLength={64} required data-testid="bot-name" onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <button type="submit" class="primary" data-testid="create-bot">
          {TEXT.create}
        </button>
      </form>
      {made && <ShownOnce label={TEXT.token(made.bot.person.name)} text={made.token} />}
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <ul class="lines" aria-label={TEXT.list} aria-busy={list === undefined}>
        {list?.map(({ person, created_by, used_at, revoked }) => (
          <li key={person.id} data-testid="bot">
            <span>
              <b dir="auto">{person.name}</b>
              <small>
                {TEXT.by(created_by)} · {revoked ? TEXT.revoked : used_at === undefined ? TEXT.unused : TEXT.used(whenText(used_at))}
              </small>
            </span>
            <button type="button" class="secondary" data-testid="renew-bot" onClick={() => void renewBot(person.id).then(show)}>
              {TEXT.renew}
            </button>
            {!revoked && (
              <button type="button" class="secondary" data-testid="revoke-bot" onClick={() => void revoke(person.id)}>
                {TEXT.revoke}
              </button>
            )}
          </li>
        ))}
      </ul>
      {list?.length === 0 && <p class="quiet">{TEXT.none}</p>}
    </>
  );
}
