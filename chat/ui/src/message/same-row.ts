import type { MessageRow } from '../room/timeline-rows';

/** Does the row look the same? Its message and its changes are replaced, never changed. */
export function sameRow(a: MessageRow, b: MessageRow): boolean {
  return (
    a.key === b.key &&
    a.source === b.source &&
    a.head === b.head &&
    a.own === b.own &&
    a.ts === b.ts &&
    a.changes.length === b.changes.length &&
    a.changes.every((change, i) => change === b.changes[i])
  );
}
