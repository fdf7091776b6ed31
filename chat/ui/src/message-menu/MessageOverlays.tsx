import { deferred } from '../design/Deferred';
import { useStore } from '../store/context';
import type { OpenOverlay } from '../store/message-overlay';
import { EditHistory } from './EditHistory';
import { MessageMenu } from './MessageMenu';

const RemindMenu = deferred(() => import('../personal-page/RemindMenu').then((module) => module.RemindMenu));
const Picker = deferred(() => import('../emoji/EmojiPicker').then((module) => module.EmojiPicker));

/** The menu, picker or dialog that is open for a message. */
export function MessageOverlays() {
  const { overlay } = useStore();
  const open = overlay.current.value;
  return open ? <Overlay key={`${open.kind} ${open.row.key}`} open={open} /> : null;
}

function Overlay({ open }: { open: OpenOverlay }) {
  const { overlay, messages, recentEmoji } = useStore();
  const close = () => overlay.close();
  const { kind, row, room, opener } = open;
  switch (kind) {
    case 'menu':
    case 'sheet':
      return <MessageMenu open={open} onClose={close} />;
    case 'remind':
      return row.seq === undefined ? null : <RemindMenu room={room.id} seq={row.seq} opener={opener} onClose={close} />;
    case 'history':
      return <EditHistory row={row} room={room} onClose={close} />;
    case 'picker': {
      const pick = (emoji: string) => {
        close();
        messages.react(room, row, emoji, true);
      };
      return <Picker opener={opener} recent={recentEmoji.list.value} onPick={pick} onClose={close} />;
    }
  }
}
