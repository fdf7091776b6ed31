import { Icon } from '../design/Icon';
import { personHue } from '../design/person-hue';
import { emojiIndex } from '../emoji/emoji-index';
import { texts } from '../language/language';
import type { Quote } from '../net/contract';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { plainText } from '../text/plain-text';
import { withEmoji } from '../text/shortcodes';

/** The message that this one replies to, on one line. A press goes there. */
export function QuoteLine({ quote, room, reachable }: { quote: Quote; room: Room; reachable: boolean }) {
  const { sender, deleted, seq } = quote;
  const text = useQuoteText(quote, room);
  return (
    <button
      type="button"
      class="quote-line"
      tabIndex={reachable ? 0 : -1}
      title={texts.message.goToMessage}
      data-testid="quote"
      onClick={() => room.show(seq)}
    >
      <Icon name="reply" size={13} />
      <span class="visually-hidden">{texts.message.inReplyTo} </span>
      <bdi class="author" style={{ '--h': String(personHue(sender.hue)) }}>
        {sender.name}
      </bdi>
      <bdi class="quote-text">{deleted === true ? texts.common.messageDeleted : text}</bdi>
    </button>
  );
}

/** A quote names no mentioned people. They are in the message itself, if it is loaded, or online. */
export function useQuoteText({ seq, text }: Pick<Quote, 'seq' | 'text'>, room: Room): string {
  const { people } = useStore();
  const plain = plainText(text, [...people.roster.value.people, ...(room.message(seq)?.mentions ?? [])]);
  const index = emojiIndex.value;
  return index ? withEmoji(plain, (name) => index.find(name)) : plain;
}
