import type { MessageRow, Row } from './timeline-rows';

/** From this number on, deleted messages in a row become one line. */
const FOLDED_FROM = 3;

/** Folds each run of deleted messages into one row. */
export function foldDeleted(rows: readonly Row[]): Row[] {
  const out: Row[] = [];
  let run: MessageRow[] = [];
  const endRun = () => {
    const [first] = run;
    if (first && run.length >= FOLDED_FROM) out.push({ kind: 'folded', key: `folded-${first.key}`, rows: run });
    else out.push(...run);
    run = [];
  };
  for (const row of rows) {
    if (row.kind === 'message' && row.deleted) {
      run.push(row);
      continue;
    }
    endRun();
    // The message before this one may be hidden, so this one shows its author.
    const hidden = out.at(-1)?.kind === 'folded';
    out.push(hidden && row.kind === 'message' && !row.head ? { ...row, head: true } : row);
  }
  endRun();
  return out;
}
