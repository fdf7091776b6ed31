import { useEffect, useState } from 'preact/hooks';
import { Avatar } from '../design/Avatar';
import { Icon } from '../design/Icon';
import { texts } from '../language/language';
import type { PersonOnline } from '../net/contract';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { GENERAL } from '../store/room-list';
import { RecentChanges } from './RecentChanges';
import './people.css';

const FILTER_FROM = 12;
const TYPING_MS = 150;

/** The right column: topic and members of the room, and the people who came and went. */
export function PeoplePanel({ room }: { room: Room }) {
  const { members, people, navigation, dialogs, retentions } = useStore();
  const days = retentions.byRoom.value?.[room.id]?.days;
  const [filter, setFilter] = useState('');
  const list = members.members.value;
  const { kind, topic, archived } = room.info;

  useEffect(() => setFilter(''), [room]);
  useEffect(() => {
    const timer = setTimeout(() => members.find(filter.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [filter, members]);

  const online = list?.people.filter((p) => p.online) ?? [];
  const offline = list?.people.filter((p) => !p.online) ?? [];
  const more = filter.trim() === '' ? (list?.count ?? 0) - (list?.people.length ?? 0) : 0;
  const { recent } = people.roster.value;
  return (
    <aside class="people" aria-label={texts.common.people} tabIndex={-1} data-region="people">
      <div class="people-head">
        <h2>
          {texts.common.people} <span class="number">{list?.count ?? ''}</span>
        </h2>
        {kind.value !== 'direct' && room.id !== GENERAL && !archived.value && (
          <button type="button" class="plain" aria-label={texts.rooms.addPeople} title={texts.rooms.addPeople} onClick={() => dialogs.show({ kind: 'invite', room })}>
            <Icon name="invite" />
          </button>
        )}
        <button type="button" class="plain close" aria-label={texts.common.close} onClick={() => navigation.togglePeople()}>
          <Icon name="close" />
        </button>
      </div>
      <div class="people-body">
        {topic.value && (
          <section class="about" aria-label={texts.people.topic}>
            <h3>{texts.people.topic}</h3>
            <p dir="auto">{topic.value}</p>
          </section>
        )}
        {days !== undefined && (
          <p class="note" data-testid="kept">
            {texts.people.kept(days)}
          </p>
        )}
        {((list?.count ?? 0) >= FILTER_FROM || filter !== '') && (
          <input
            type="search"
            class="filter"
            placeholder={texts.people.find}
            aria-label={texts.people.find}
            value={filter}
            onInput={(event) => setFilter(event.currentTarget.value)}
          />
        )}
        {list === undefined && <p class="note">{texts.common.loading}</p>}
        {online.length > 0 && <PeopleList title={texts.people.online} people={online} />}
        {offline.length > 0 && <PeopleList title={texts.people.offline} people={offline} />}
        {list?.people.length === 0 && filter !== '' && <p class="note">{texts.people.noneNamed}</p>}
        {more > 0 && <p class="note">{texts.people.more(more)}</p>}
      </div>
      {recent.length > 0 && <RecentChanges changes={recent} />}
    </aside>
  );
}

function PeopleList({ title, people }: { title: string; people: readonly PersonOnline[] }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul class="people-list">
        {people.map((person) => (
          <PersonLine key={person.id} person={person} />
        ))}
      </ul>
    </section>
  );
}

/** A person. A press goes to the messages with them. */
function PersonLine({ person }: { person: PersonOnline }) {
  const { session, actions, dialogs, standing, toast } = useStore();
  const me = person.id === session.me.value?.id;
  const content = (
    <>
      <span class="face">
        <Avatar person={person} small />
        {person.online && <span class="dot" />}
      </span>
      <span class="person-text">
        <bdi>{person.name}</bdi>
        {person.status && (
          <small class="person-status" dir="auto">
            {person.status}
          </small>
        )}
      </span>
      {(standing.roles.value || person.bot) && <RoleTag person={person} />}
      {me && <span class="you">{texts.people.you}</span>}
    </>
  );
  return (
    <li class={person.online ? undefined : 'away'} data-testid="person" data-id={person.id} data-online={person.online}>
      {me ? (
        <div class="person">{content}</div>
      ) : (
        <button
          type="button"
          class="person"
          title={texts.people.writeTo(person.name)}
          onClick={() => void actions.direct(person.id).then((problem) => toast.show(problem))}
        >
          {content}
        </button>
      )}
      <button
        type="button"
        class="plain person-more"
        aria-label={texts.people.about(person.name)}
        title={texts.people.about(person.name)}
        data-testid="about-person"
        onClick={() => (me ? dialogs.show({ kind: 'account' }) : dialogs.show({ kind: 'person', person }))}
      >
        <Icon name="more" size={18} />
      </button>
    </li>
  );
}

/** The role of a person. Members, who are most people of a place with accounts, have no tag. */
function RoleTag({ person: { bot, role } }: { person: PersonOnline }) {
  if (bot) return <span class="role-tag">{texts.common.bot}</span>;
  return role === undefined || role === 'member' ? null : <span class={`role-tag ${role}`}>{texts.people[role]}</span>;
}
