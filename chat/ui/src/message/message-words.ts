import { fileLabel, isImage } from '../files/shown-file';
import { texts } from '../language/language';
import type { Person } from '../net/contract';
import type { EntryState } from '../outbox/entry';
import type { MessageRow } from '../room/timeline-rows';
import { plainText } from '../text/plain-text';

/** The words of a screen reader for a message after its text: state, marks and reactions. */
export function stateWords(row: MessageRow): string {
  if (row.deleted) return '';
  const failed = row.changes.some((change) => change.state === 'failed');
  return [
    row.own ? sendingWords(row.state) : '',
    failed ? texts.message.changeFailed : '',
    row.quote
      ? `${texts.message.inReplyTo} ${row.quote.sender.name}${row.quote.deleted === true ? '' : `: ${plainText(row.quote.text, row.mentions)}`}`
      : '',
    row.pinned ? texts.message.pinned : '',
    fileWords(row),
    row.reactions.map(({ emoji, count }) => `${emoji} ${count}`).join(', '),
  ]
    .filter((words) => words !== '')
    .join('. ');
}

function sendingWords(state: EntryState): string {
  return state === 'sent' ? '' : state === 'failed' ? texts.message.notSent : texts.message.states[state];
}

/** The files of a message: "Image: a cat. File: plan.pdf". */
function fileWords({ files }: MessageRow): string {
  return files.map((file) => texts.message[isImage(file) ? 'image' : 'file'](fileLabel(file))).join('. ');
}

/** Is the reader mentioned, by name or with the whole room? One's own message mentions the others. */
export function mentionsMe(row: MessageRow, me: Person | undefined): boolean {
  return !row.own && (row.mentions.some((person) => person.id === me?.id) || row.text.includes('<@room>'));
}
