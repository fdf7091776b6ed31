import { useEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from '../design/Icon';
import { Popup } from '../design/Popup';
import { lateTexts, texts } from '../language/language';
import { useStore } from '../store/context';
import { canEdit } from '../store/message-actions';
import type { OpenOverlay } from '../store/message-overlay';
import { withNames } from '../text/mentions';
import './message-menu.css';

interface Item {
  readonly icon: IconName;
  readonly label: string;
  readonly key?: string;
  readonly danger?: boolean;
  readonly run: () => void;
}

/** The menu of a message: a list of actions. On a touch screen it begins with six emoji. */
export function MessageMenu({ open, onClose }: { open: OpenOverlay; onClose: () => void }) {
  const { recentEmoji, messages, overlay } = useStore();
  const { kind, row, room, opener } = open;
  const menu = useRef<HTMLDivElement>(null);
  const items = useItems(open);

  useEffect(() => {
    menu.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus({ preventScroll: true });
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Tab') event.preventDefault();
    if (step === 0) return;
    event.preventDefault();
    const all = [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[(at + step + all.length) % all.length]?.focus();
  };
  const then = (run: () => void) => () => {
    onClose();
    run();
  };

  return (
    <Popup opener={opener} label={texts.message.actions} class={`message-menu ${kind}`} role="menu" onClose={onClose}>
      <div ref={menu} role="presentation" onKeyDown={onKeyDown}>
        {kind === 'sheet' && row.seq !== undefined && !row.deleted && (
          <div class="quick-row" role="presentation">
            {recentEmoji.quick(6).map((emoji) => (
              <button
                key={emoji}
                type="button"
                role="menuitem"
                tabIndex={-1}
                aria-label={texts.message.reactWith(emoji)}
                onClick={then(() => messages.toggle(room, row, emoji))}
              >
                {emoji}
              </button>
            ))}
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              aria-label={lateTexts.messageMenu.moreEmoji}
              onClick={() => overlay.open('picker', row, room, opener)}
            >
              <Icon name="smile" size={22} />
            </button>
          </div>
        )}
        {items.map(({ icon, label, key, danger, run }) => (
          <button
            key={label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            class={danger === true ? 'danger' : ''}
            onClick={then(run)}
          >
            <Icon name={icon} size={18} />
            <span>{label}</span>
            {key !== undefined && <kbd aria-hidden="true">{key}</kbd>}
          </button>
        ))}
      </div>
    </Popup>
  );
}

function useItems(open: OpenOverlay): Item[] {
  const { kind, row, room, opener } = open;
  const { messages, personal, overlay } = useStore();
  const { seq } = row;
  const lists = personal.value;
  const copyText: Item = {
    icon: 'copy',
    label: texts.message.copyText,
    run: () => void messages.copy(withNames(row.text, row.mentions), texts.message.textCopied),
  };
  if (seq === undefined) return [copyText];
  const items: (Item | false | undefined)[] = [
    kind === 'sheet' && { icon: 'reply', label: texts.message.reply, run: () => messages.reply(room, row) },
    kind === 'sheet' && canEdit(row) && { icon: 'edit', label: texts.common.edit, run: () => messages.edit(room, row) },
    copyText,
    { icon: 'link', label: lateTexts.messageMenu.copyLink, run: () => void messages.copy(messages.link(room, seq), lateTexts.messageMenu.linkCopied) },
    { icon: 'pin', label: row.pinned ? lateTexts.messageMenu.unpin : lateTexts.messageMenu.pin, run: () => messages.pin(room, row) },
    lists && !row.deleted && {
      icon: 'bookmark',
      label: lists.of(room.id, seq) ? lateTexts.personal.unsave : lateTexts.personal.save,
      key: 'S',
      run: () => lists.toggle(room.id, seq),
    },
    lists && !row.deleted && { icon: 'bell', label: lateTexts.personal.remindMe, key: 'M', run: () => overlay.open('remind', row, room, opener) },
    { icon: 'unread', label: lateTexts.messageMenu.markUnread, run: () => void room.markUnread(seq) },
    messages.canDelete(room, row) && {
      icon: 'trash',
      label: texts.common.delete,
      key: lateTexts.keys.names['Del'] ?? 'Del',
      danger: true,
      run: () => messages.delete(room, row),
    },
  ];
  return items.filter((item) => item !== false && item !== undefined);
}
