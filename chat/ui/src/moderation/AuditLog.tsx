import { useState } from 'preact/hooks';
import { lateTexts } from '../language/language';
import type { AuditEntry } from '../net/contract';
import { useStore } from '../store/context';
import { wholeTime } from '../time/date-format';
import { auditText } from './audit-text';
import { useList } from './use-list';

const PAGE = 50;

/** The actions of moderators and owners, and the sign-ins; the newest first. */
export function AuditLog() {
  const { server } = useStore();
  const [more, setMore] = useState(false);
  const load = async (before?: number): Promise<readonly AuditEntry[] | string> => {
    const answer = await server.ask('audit', { limit: PAGE, ...(before !== undefined && { before }) });
    if (answer.ok !== true) return answer.err.message;
    setMore(answer.more);
    return answer.entries;
  };
  const { list, problem, setList } = useList<AuditEntry>(() => load());
  const loadMore = async () => {
    const older = await load(list?.at(-1)?.id).catch(() => '');
    if (typeof older !== 'string') setList([...(list ?? []), ...older]);
  };
  return (
    <>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <ol class="lines audit" aria-label={lateTexts.place.audit} aria-busy={list === undefined}>
        {list?.map((entry) => (
          <li key={entry.id} data-testid="audit-entry">
            <span>
              <b dir="auto">{auditText(entry)}</b>
              <small>
                <time dateTime={new Date(entry.at).toISOString()}>{wholeTime(entry.at)}</time>
                {entry.address && ` · ${entry.address}`}
                {entry.detail && ` · ${entry.detail}`}
              </small>
            </span>
          </li>
        ))}
      </ol>
      {list?.length === 0 && <p class="quiet">{lateTexts.place.noEntries}</p>}
      {more && (
        <button type="button" class="secondary" onClick={() => void loadMore()}>
          {lateTexts.place.older}
        </button>
      )}
    </>
  );
}
