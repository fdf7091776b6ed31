import { useEffect, useMemo } from 'preact/hooks';
import { BASE } from '../browser/base-path';
import { Composer, preloadAttached } from '../composer/Composer';
import { deferred } from '../design/Deferred';
import { setBadge } from '../browser/desktop-notification';
import { ConnectionBanner } from '../connection-banner/ConnectionBanner';
import { PeoplePanel } from '../people/PeoplePanel';
import type { Room } from '../room/room';
import { Header } from '../rooms/Header';
import '../rooms/header.css';
import '../rooms/dialogs.css';
import { Sidebar } from '../sidebar/Sidebar';
import { useStore } from '../store/context';
import { pageTitle } from '../store/totals';
import { Timeline } from '../timeline/Timeline';
import { Skeleton } from '../timeline/TimelineParts';
import '../timeline/timeline.css';
import '../message/message.css';
import '../message/markdown.css';
import '../message/message-parts.css';
import { MessageOverlays } from '../message-menu/MessageOverlays';
import { whenText } from '../time/when-text';
import { OpenDialog, preloadSwitcher } from './OpenDialog';
import { Shortcuts } from './shortcuts';
import { ToastLine } from './ToastLine';

const MissingRoom = deferred(() => import('../rooms/MissingRoom').then((module) => module.MissingRoom));
const MentionsPage = deferred(() => import('../mentions/MentionsPage').then((module) => module.MentionsPage));
const AdminPage = deferred(() => import('../admin-page/AdminPage').then((module) => module.AdminPage));
const SearchPage = deferred(() => import('../search-page/SearchPage').then((module) => module.SearchPage));

/** After the first load is over. */
const PRELOAD_MS = 1_000;

/** The columns of the page. */
export function Shell({ inert }: { inert: boolean }) {
  const store = useStore();
  const { navigation, connection, rooms } = store;
  const shortcuts = useMemo(() => new Shortcuts(store), [store]);
  useEffect(() => shortcuts.watch(), [shortcuts]);
  usePageTitle();
  useEffect(() => {
    const timer = setTimeout(() => {
      preloadSwitcher();
      SearchPage.preload();
      preloadAttached();
      store.attachments.prepare();
    }, PRELOAD_MS);
    return () => clearTimeout(timer);
  }, []);
  const room = rooms.current.value;

  return (
    <div
      class="shell"
      data-view={navigation.view.value}
      data-people={navigation.peopleShown.value && room ? 'shown' : 'hidden'}
      data-line={connection.online.value ? 'up' : 'down'}
      inert={inert}
    >
      <Sidebar />
      <main class="main">
        <Main room={room} />
      </main>
      <div class="scrim" onClick={() => navigation.togglePeople()} />
      {room && <PeoplePanel room={room} />}
      <OpenDialog />
      <ToastLine />
    </div>
  );
}

/** The middle column: a room, the mentions, or a room that the person is not in. */
function Main({ room }: { room: Room | undefined }) {
  const { navigation, rooms } = useStore();
  const place = navigation.place.value;
  if (place.kind === 'mentions') return <MentionsPage />;
  if (place.kind === 'search') return <SearchPage />;
  if (place.kind === 'admin') return <AdminPage />;
  const missing = !room && rooms.known.value && place.kind !== 'home';
  return (
    <>
      <Header room={room} {...(missing && place.kind === 'room' ? { title: place.key } : {})} />
      <div class="stage">
        <ConnectionBanner />
        {room ? <Conversation key={room.id} room={room} /> : missing ? <MissingRoom place={place} /> : <Waiting />}
      </div>
    </>
  );
}

function Conversation({ room }: { room: Room }) {
  const { standing } = useStore();
  const muted = standing.mutedUntil.value;
  return (
    <>
      <Timeline room={room} />
      {room.info.archived.value ? (
        <p class="read-only">This room is archived. Nobody can write in it.</p>
      ) : muted === undefined ? (
        <Composer room={room} />
      ) : (
        <p class="read-only" role="status" data-testid="muted">
          A moderator has muted you. You can write again {whenText(muted)}. Your drafts stay.
        </p>
      )}
      <MessageOverlays />
    </>
  );
}

function Waiting() {
  return (
    <div class="timeline-box" aria-busy="true">
      <div class="timeline">
        <div class="rows">
          <Skeleton />
        </div>
      </div>
    </div>
  );
}

/** The title names the place and counts mentions and direct messages; the icon shows that something is unread. */
function usePageTitle(): void {
  const { navigation, rooms, totals } = useStore();
  const place = navigation.place.value;
  const name = place.kind === 'mentions' ? 'Mentions' : place.kind === 'search' ? 'Search' : place.kind === 'admin' ? 'Administration' : (rooms.current.value?.name.value ?? '');
  const unread = totals.unread.value;
  const mentions = totals.mentions.value;
  const title = pageTitle({ mentions, unread }, name);
  useEffect(() => setBadge(mentions), [mentions]);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    document.querySelector('link[rel=icon]')?.setAttribute('href', `${BASE}/favicon${unread ? '-unread' : ''}.svg`);
  }, [unread]);
}
