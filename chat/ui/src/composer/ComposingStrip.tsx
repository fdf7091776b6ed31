import { Icon } from '../design/Icon';
import { texts } from '../language/language';
import { withParts } from '../language/with-parts';
import type { Room } from '../room/room';
import { useQuoteText } from '../message/QuoteLine';

const NO_QUOTE = { seq: 0, text: '' };

/** Above the field: the message that is answered or edited, and a button to leave that. */
export function ComposingStrip({ room, onLeave }: { room: Room; onLeave: () => void }) {
  const edit = room.composing.editing.value;
  const quote = room.composing.replyTo.value;
  const quoteText = useQuoteText(quote ?? NO_QUOTE, room);
  if (!edit && !quote) return null;
  return (
    <div class="composing-strip" data-testid="composing">
      <Icon name={edit ? 'edit' : 'reply'} size={15} />
      {edit ? (
        <span class="strip-text">
          <b>{texts.composer.editing}</b>
        </span>
      ) : (
        <span class="strip-text">
          {withParts(texts.composer.replyingTo, { name: <b>{quote?.sender.name}</b> })} <bdi class="strip-quote">{quoteText}</bdi>
        </span>
      )}
      <kbd aria-hidden="true">Esc</kbd>
      <button
        type="button"
        class="plain"
        aria-label={edit ? texts.composer.cancelEdit : texts.composer.cancelReply}
        title={texts.common.cancel}
        onClick={onLeave}
      >
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}
