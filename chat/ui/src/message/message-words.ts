import { fileLabel, isImage } from '../files/shown-file';
import type { Person } from '../net/contract';
import type { MessageRow } from '../room/timeline-rows';
import { plainText } from '../text/plain-text';

const STATES = { queued: 'Waiting to be sent', sending: 'Sending', sent: '', failed: 'Not sent' } as const;

/** The words of a screen reader for a message after its text: state, marks and reactions. */
export function stateWords(row: MessageRow): string {
  if (row.deleted) return '';
  const failed = row.changes.some((change) => change.state === 'failed');
  return [
    row.own ? STATES[row.state] : '',
    failed ? 'A change was not saved' : '',
    row.quote
      ? `In reply to ${row.quote.sender.name}${row.quote.deleted === true ? '' : `: ${plainText(row.quote.text, row.mentions)}`}`
      : '',
    row.pinned ? 'Pinned' : '',
    fileWords(row),
    row.reactions.map(({ emoji, count }) => `${emoji} ${count}`).join(', '),
  ]
    .filter((words) => words !== '')
    .join('. ');
}

/** The files of a message: "Image: a cat. File: plan.pdf". */
function fileWords({ files }: MessageRow): string {
  return files.map((file) => `${isImage(file) ? 'Image' : 'File'}: ${fileLabel(file)}`).join('. ');
}

/** Is the reader mentioned, by name or with the whole room? One's own message mentions the others. */
export function mentionsMe(row: MessageRow, me: Person | undefined): boolean {
  return !row.own && (row.mentions.some((person) => person.id === me?.id) || row.text.includes('<@room>'));
}
