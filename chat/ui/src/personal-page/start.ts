import { showNotification } from '../browser/desktop-notification';
import { browserStorage } from '../browser/key-value-storage';
import { lateTexts, texts } from '../language/language';
import type { Saved } from '../net/personal-contract';
import { PersonalLists, savedKey } from '../personal/personal-lists';
import { textOrFiles } from '../files/shown-file';
import type { ChatStore } from '../store/chat-store';
import { plainText } from '../text/plain-text';
import { toggleSaved } from './remove-saved';

/** The longest text of a notification. */
const TEXT_LIMIT = 160;

/** The lists of saved and scheduled messages. The first call loads them, and from then on tells of reminders. */
export function startPersonal(store: ChatStore): PersonalLists {
  const started = store.personal.peek();
  if (started) return started;
  const storage = browserStorage(() => localStorage);
  const lists: PersonalLists = new PersonalLists({
    ask: (event, query) => store.server.ask(event, query),
    reminded: (saved) => void remind(saved),
    toggled: (room, seq) => void toggleSaved(store, room, seq),
    failed: () => store.toast.show(lateTexts.personal.failed, { label: texts.common.show, run: () => store.navigation.go({ kind: 'scheduled' }) }),
  });

  /** The first tab of this browser that comes shows the notification. */
  const claim = (saved: Saved): boolean => {
    const value = `${savedKey(saved.room, saved.seq)}/${saved.remind_at ?? 0}`;
    if (storage.get('reminded') === value) return false;
    storage.set('reminded', value);
    return true;
  };
  const go = ({ room: id, seq }: Saved) => {
    const room = store.rooms.find(id);
    if (room) store.actions.go(room, seq);
    else store.navigation.go({ kind: 'saved' });
  };
  const remind = async (saved: Saved) => {
    await lists.readTexts([saved]);
    const message = lists.texts.peek().get(savedKey(saved.room, saved.seq));
    const text =
      message === undefined || message === 'gone' || message.deleted
        ? lateTexts.personal.ofMessage
        : `${message.sender.name}: ${textOrFiles(plainText(message.text, message.mentions), message.files)}`;
    store.toast.show(lateTexts.personal.reminderOf(shortened(text, 80)), { label: texts.common.show, run: () => go(saved) });
    if (!store.notify.desktop.peek() || store.attention.attentive.peek() || !claim(saved)) return;
    showNotification(
      { title: lateTexts.personal.reminder, text: shortened(text, TEXT_LIMIT), tag: `remind/${savedKey(saved.room, saved.seq)}` },
      { clicked: () => go(saved) },
    );
  };

  store.personal.value = lists;
  if (store.connection.online.peek()) void lists.load();
  return lists;
}

function shortened(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}
