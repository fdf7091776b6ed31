import type { ChatStore } from '../store/chat-store';

const REGIONS = ['side', 'timeline', 'composer', 'people'];

/** The shortcuts of the whole page; each has a button too. */
export class Shortcuts {
  constructor(private readonly store: ChatStore) {}

  /** Listens for keys. Returns a function that stops it. */
  watch(): () => void {
    const listening = new AbortController();
    const until = { signal: listening.signal };
    addEventListener('keydown', (event) => this.onKeyDown(event), until);
    addEventListener('paste', (event) => this.onPaste(event), until);
    const clicked = () => {
      this.store.focus.messageByKeyboard = false;
    };
    addEventListener('pointerdown', clicked, { ...until, capture: true });
    return () => listening.abort();
  }

  private onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing || event.defaultPrevented) return;
    const { dialogs } = this.store;
    const command = event.ctrlKey || event.metaKey;
    const open = dialogs.current.peek();
    if (command && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      if (open?.kind === 'switcher') dialogs.close();
      else dialogs.show({ kind: 'switcher' });
    } else if (command && event.key === '/') {
      event.preventDefault();
      if (open?.kind === 'shortcuts') dialogs.close();
      else dialogs.show({ kind: 'shortcuts' });
    } else if (open) {
      return;
    } else if (command && event.shiftKey && event.key.toLowerCase() === 'f') {
      event.preventDefault();
      this.store.search(undefined, this.store.rooms.current.peek());
    } else if (event.altKey && !command && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      this.goToNextRoom(event.key === 'ArrowUp' ? -1 : 1, event.shiftKey);
    } else if (event.ctrlKey && event.key === 'F6') {
      event.preventDefault();
      focusNextRegion(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape' && !document.querySelector(':popover-open')) {
      this.onEscape();
    } else if ((isCharacter(event) || (command && event.key.toLowerCase() === 'v')) && this.isFree(event.target)) {
      // Typing and pasting without a focused field go into the composer.
      composer()?.focus();
    }
  }

  /** The next room of the left column, or the next one with unread messages. */
  private goToNextRoom(step: number, unreadOnly: boolean): void {
    const { rooms, actions } = this.store;
    const all = rooms.ordered.peek();
    const from = all.findIndex((room) => room === rooms.current.peek());
    for (let i = 1; i <= all.length; i++) {
      const room = all[(from + step * i + (from < 0 && step < 0 ? 1 : 0) + all.length * 2) % all.length];
      if (!room || (unreadOnly && (room.unread.peek() === 0 || room.info.level.peek() === 'none'))) continue;
      actions.go(room);
      return;
    }
  }

  private onEscape(): void {
    const { navigation, rooms, focus } = this.store;
    if (navigation.view.value === 'people') {
      navigation.togglePeople();
      return;
    }
    const room = rooms.current.value;
    if (!room || !navigation.roomShown.value) return;
    // An edit or a reply is left first.
    if (!room.composing.leave()) {
      room.toNewest();
      room.markAllRead();
    }
    focus.requestComposer();
  }

  /** A paste by the browser's menu. After Ctrl V the composer has the focus already. */
  private onPaste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const field = composer();
    if (text === '' || !field || event.defaultPrevented || !this.isFree(event.target)) return;
    field.focus();
    if (document.activeElement !== field) return;
    event.preventDefault();
    field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  /** No field, menu, dialog or message reached by keyboard has the focus and needs the letters. */
  private isFree(target: EventTarget | null): boolean {
    if (document.querySelector('dialog[open], :popover-open')) return false;
    if (!(target instanceof HTMLElement)) return true;
    if (target.isContentEditable || target.closest('input, textarea, select')) return false;
    return !(this.store.focus.messageByKeyboard && target.closest('[role=article]'));
  }
}

/** Is this a key for a character? A space is none: it scrolls, or presses the focused button. */
function isCharacter(event: KeyboardEvent): boolean {
  const alone = !event.ctrlKey && !event.metaKey && !event.altKey;
  return event.key.length === 1 && event.key !== ' ' && (alone || event.getModifierState('AltGraph'));
}

function composer(): HTMLTextAreaElement | null {
  return document.querySelector<HTMLTextAreaElement>('[data-region=composer] textarea');
}

function focusNextRegion(step: number): void {
  const regions = REGIONS.map((name) => document.querySelector<HTMLElement>(`[data-region=${name}]`)).filter(
    (region): region is HTMLElement => region?.checkVisibility({ visibilityProperty: true }) === true,
  );
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const region = regions[(at + step + regions.length) % regions.length];
  const target = region?.matches('[tabindex]') ? region : region?.querySelector<HTMLElement>('textarea, button, [tabindex]');
  target?.focus();
}
