import { useEffect, useMemo } from 'preact/hooks';
import { BASE } from '../browser/base-path';
import { Composer, preloadAttached } from '../composer/Composer';
import { deferred } from '../design/Deferred';
import { setBadge } from '../browser/desktop-notification';
import { ConnectionBanner } from '../connection-banner/ConnectionBanner';
import { loadLateTexts, texts } from '../language/language';
import type { Room } from '../room/room';
import { Header } from '../rooms/Header';
import '../rooms/header.css';
import { Sidebar } from '../sidebar/Sidebar';
import { useStore } from '../store/context';
import type { PageKind } from '../store/place';
import { pageTitle } from '../store/totals';
import { preloadProblems } from '../message/MessageView';
import { Timeline } from '../timeline/Timeline';
import { Skeleton } from '../timeline/TimelineParts';
import '../timeline/timeline.css';
import '../message/message.css';
import '../message/markdown.css';
import '../message/message-parts.css';
import { whenText } from '../time/when-text';
import { OpenDialog, preloadSwitcher } from './OpenDialog';
import { Shortcuts } from './shortcuts';
import { ToastLine } from './ToastLine';

const PeoplePanel = deferred(() => import('../people/PeoplePanel').then((module) => module.PeoplePanel));
const MessageOverlays = deferred(() => import('../message-menu/MessageOverlays').then((module) => module.MessageOverlays));
const SavedPage = deferred(() => import('../personal-page/SavedPage').then((module) => module.SavedPage));
const ScheduledPage = deferred(() => import('../personal-page/ScheduledPage').then((module) => module.ScheduledPage));
const MissingRoom = deferred(() => import('../rooms/MissingRoom').then((module) => module.MissingRoom));
const MentionsPage = deferred(() => import('../mentions/MentionsPage').then((module) => module.MentionsPage));
const AdminPage = deferred(() => import('../admin-page/AdminPage').then((module) => module.AdminPage));
const SearchPage = deferred(() => import('../search-page/SearchPage').then((module) => module.SearchPage));

const pageName = (kind: PageKind) =>
  ({
    mentions: texts.common.mentions,
    search: texts.common.search,
    saved: texts.common.saved,
    scheduled: texts.common.scheduled,
    admin: texts.common.administration,
  })[kind];

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
      const start = Promise.all([import('../personal-page/start'), loadLateTexts()]);
      void start.then(([module]) => module.startPersonal(store), () => undefined);
      preloadSwitcher();
      MessageOverlays.preload();
      preloadProblems();
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
  if (place.kind === 'saved') return <SavedPage />;
  if (place.kind === 'scheduled') return <ScheduledPage />;
  if (place.kind === 'admin') return <AdminPage />;
  const missing = !room && rooms.known.value && 'key' in place;
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
        <p class="read-only">{texts.shell.archived}</p>
      ) : muted === undefined ? (
        <Composer room={room} />
      ) : (
        <p class="read-only" role="status" data-testid="muted">
          {texts.shell.muted(whenText(muted))}
        </p>
      )}
      <Overlays />
    </>
  );
}

/** The code of the menus is loaded after the page. */
function Overlays() {
  return useStore().overlay.current.value ? <MessageOverlays /> : null;
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
  const { navigation, rooms, totals, personal } = useStore();
  const place = navigation.place.value;
  const name = 'key' in place || place.kind === 'home' ? (rooms.current.value?.name.value ?? '') : pageName(place.kind);
  const unread = totals.unread.value;
  const mentions = totals.mentions.value + (personal.value?.due.value ?? 0);
  const title = pageTitle({ mentions, unread }, name);
  useEffect(() => setBadge(mentions), [mentions]);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    document.querySelector('link[rel=icon]')?.setAttribute('href', `${BASE}/favicon${unread ? '-unread' : ''}.svg`);
  }, [unread]);
}
