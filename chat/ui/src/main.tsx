// The base styles come first, because later ones refine them.
import './design/tokens.css';
import './design/base.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { showNotification } from './browser/desktop-notification';
import { browserStorage } from './browser/key-value-storage';
import { markLanguage } from './browser/mark-language';
import { showTheme } from './browser/show-theme';
import { mediaMatch } from './browser/media-match';
import { watchInputModality } from './browser/input-modality';
import { uuid } from './browser/uuid';
import { fitKeyboard } from './browser/visual-viewport';
import { watchAttention } from './browser/watch-attention';
import { attachedTokens } from './files/attached-list';
import { blobStore } from './files/blob-store';
import { measureImage } from './files/measure-image';
import { languageFor, showLanguage, shownLanguage, texts } from './language/language';
import { createSocket } from './net/chat-socket';
import { parseEntry } from './net/entry-link';
import { signIn, signOut, whoAmI } from './net/session-api';
import { indexedDbStore } from './outbox/indexed-db-store';
import { tabChannel } from './outbox/tab-channel';
import { App, preloadSignIn } from './shell/App';
import { ChatStore } from './store/chat-store';
import { hasFiles } from './store/operations';
import { StoreContext } from './store/context';
import { parsePlace } from './store/place';
import { database } from './storage/database';
import { ownedRecords } from './storage/owned-records';
import { systemClock } from './time/clock';

const db = database();
const tabStorage = browserStorage(() => sessionStorage);

const entryStore = indexedDbStore(db);
const store = new ChatStore({
  clock: systemClock,
  random: Math.random,
  uuid,
  socket: createSocket(),
  sessionApi: { whoAmI, signIn, signOut },
  entryStore,
  draftStore: ownedRecords(db, 'draft'),
  cacheStore: ownedRecords(db, 'cache'),
  // Undefined on plain http.
  files: {
    blobs: blobStore(db),
    measure: measureImage,
    objectUrl: (content) => URL.createObjectURL(content),
    uploader: async (progress) => {
      const [{ Uploader }, { uploadApi }] = await Promise.all([import('./files/uploader'), import('./files/upload-api')]);
      return new Uploader({ api: uploadApi, clock: systemClock, random: Math.random, progress });
    },
  },
  showNotice: ({ title, text, room }, clicked) => void showNotification({ title, text, tag: room }, { clicked }),
  playSound: () => void import('./browser/chime').then((module) => module.playChime()),
  locks: navigator.locks as LockManager | undefined,
  openTabChannel: (heard) => tabChannel('natter-outbox', heard),
  navigation: {
    history,
    path: () => location.pathname,
    // The widths of the styles.
    narrow: mediaMatch('(max-width: 767.9px)'),
    wide: mediaMatch('(min-width: 1280px)'),
  },
  entry: parseEntry(location.hash),
  tabStorage,
  browserStorage: browserStorage(() => localStorage),
});

effect(() => showTheme(store.preferences.theme.value));
watchAttention(store.attention, { wake: () => store.wake(), acted: () => store.acted() });
// A page that goes away may not be told again.
for (const event of ['pagehide', 'visibilitychange']) addEventListener(event, () => store.hidden());
addEventListener('popstate', () => store.navigation.popped());
fitKeyboard();
watchInputModality();
// The page is drawn in the person's language. Its texts import parts of this module, so it must not await them.
void changeLanguage(store.preferences.language.peek()).then(() => {
  effect(() => void changeLanguage(store.preferences.language.value).catch(() => undefined));
  effect(() => markLanguage(shownLanguage.value, texts.dir));
  const root = document.getElementById('app');
  if (root) {
    render(
      <StoreContext.Provider value={store}>
        <App />
      </StoreContext.Provider>,
      root,
    );
  }
  void store.start();
});
if (!store.preferences.lastPerson) preloadSignIn();
// Later than the page itself. Without a network the next visit does it.
import('./browser/service-worker').then(
  ({ startServiceWorker }) => startServiceWorker((path) => store.navigation.go(parsePlace(path))),
  () => undefined,
);
void entryStore.all().then(
  (entries) => {
    const sent = entries.flatMap((entry) => (hasFiles(entry) ? entry.files.map(({ token }) => token) : []));
    store.attachments.clean([...sent, ...attachedTokens(tabStorage)]);
  },
  () => undefined, // without a database
);

function changeLanguage(chosen: string | undefined): Promise<void> {
  return showLanguage(languageFor(chosen, navigator.languages), navigator.languages);
}
