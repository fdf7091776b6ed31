import { useEffect, useRef } from 'preact/hooks';
import { uuid } from '../browser/uuid';
import { Popup } from '../design/Popup';
import { lateTexts, texts } from '../language/language';
import type { Person } from '../net/contract';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { withMentions } from '../text/mentions';
import { sendChoices } from '../time/time-choices';
import { whenText } from '../time/when-text';
import { startPersonal } from './start';
import { TimeChoices } from './TimeChoices';

export interface SendLaterProps {
  readonly room: Room;
  /** Gives the text of the composer, ready to be sent. */
  readonly text: () => string;
  /** The people of the mentions that were completed. */
  readonly mentioned: readonly Person[];
  readonly opener: HTMLElement;
  /** The message is scheduled: the composer becomes empty. */
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** The choice of a time for the message in the composer. */
export function SendLater({ room, text, mentioned, opener, onDone, onClose }: SendLaterProps) {
  const store = useStore();
  const { toast, day, drafts, attachments } = store;
  const box = useRef<HTMLDivElement>(null);
  const now = Date.now() + day.clockOffset.peek();
  useEffect(() => box.current?.querySelector('button')?.focus({ preventScroll: true }), []);
  const pick = async (at: number) => {
    const lists = startPersonal(store);
    const quote = room.composing.replyTo.peek();
    const cmid = uuid();
    onClose();
    const typed = text();
    const message = withMentions(typed, [...mentioned, ...store.knownPeople()]).text;
    const attached = attachments.in(room.id).peek();
    const uploaded = await attachments.upload(attached);
    // The person has sent or changed the files meanwhile.
    if (attached !== attachments.in(room.id).peek()) return;
    const files = uploaded.ok === true && uploaded.files.length > 0 ? { files: uploaded.files } : {};
    const problem = uploaded.ok === true
      ? await lists.schedule({ room: room.id, cmid, text: message, send_at: at, ...files, ...(quote && { reply_to: quote.seq }) })
      : uploaded.err.message;
    if (problem !== undefined) {
      toast.show(problem);
      return;
    }
    for (const { token } of attached) attachments.remove(room.id, token, true);
    room.composing.endReply();
    onDone();
    const undo = async () => {
      const refused = await lists.cancel(cmid);
      toast.show(refused);
      if (refused !== undefined) return;
      drafts.putBack(room.id, typed);
      attachments.restore(room.id, attached);
    };
    toast.show(lateTexts.personal.willBeSent(whenText(at)), { label: texts.message.undo, run: () => void undo() });
  };
  return (
    <Popup opener={opener} label={lateTexts.personal.sendLater} class="time-popup" onClose={onClose}>
      <div ref={box} data-testid="send-later-menu">
        <h2 class="time-title">{lateTexts.personal.sendLater}</h2>
        <TimeChoices choices={sendChoices(now)} now={now} action={lateTexts.personal.schedule} onPick={(at) => void pick(at)} />
      </div>
    </Popup>
  );
}
