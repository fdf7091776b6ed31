import { useState } from 'preact/hooks';
import { fileSize } from '../files/file-size';
import { useList } from '../moderation/use-list';
import type { AdminRoom } from '../net/admin-contract';
import { useStore } from '../store/context';
import { GENERAL } from '../store/room-list';
import { ConfirmDialog } from './ConfirmDialog';
import { Table } from './Table';

const TEXTS = {
  caption: 'All public and private rooms',
  columns: ['Room', 'Members', 'Messages', 'Files', 'Kept', ''],
  empty: 'There are no rooms.',
  private: 'private',
  archived: 'archived',
  kept: 'Messages are kept',
  ever: 'for ever',
  archive: 'Archive',
  open: 'Open again',
  failed: 'The server does not answer.',
  ask: 'Remove old messages?',
  remove: 'Remove them every night',
  direct: 'Direct messages and groups are not listed. They are kept for ever.',
} as const;
const DAYS: readonly number[] = [1, 7, 30, 90, 180, 365, 730];
const daysText = (days: number) => (days === 1 ? '1 day' : `${days} days`);

interface Choice {
  readonly room: AdminRoom;
  readonly days: number;
}

/** All rooms, with how long their messages are kept. */
export function RoomsTable() {
  const { server, toast } = useStore();
  const [choice, setChoice] = useState<Choice | undefined>(undefined);
  const { list, problem, reload } = useList<AdminRoom>(async () => {
    const answer = await server.ask('admin.rooms', {});
    return answer.ok === true ? answer.rooms : answer.err.message;
  });
  const retain = async (room: AdminRoom, days: number | undefined) => {
    const answer = await server.ask('room.retention', { room: room.id, ...(days !== undefined && { days }) }).catch(() => undefined);
    await reload();
    return answer?.ok === true ? undefined : (answer?.err.message ?? TEXTS.failed);
  };
  const archive = async (room: AdminRoom) => {
    const answer = await server.ask('admin.archive', { room: room.id, on: !room.archived }).catch(() => undefined);
    if (answer?.ok !== true) toast.show(answer?.err.message ?? TEXTS.failed);
    await reload();
  };
  return (
    <>
      <Table
        caption={TEXTS.caption}
        columns={TEXTS.columns}
        rows={list}
        problem={problem}
        empty={TEXTS.empty}
        keyOf={(room) => room.id}
        testId="admin-room"
        cells={(room) => [
          <>
            <bdi>{room.name}</bdi>
            {room.kind === 'private' && <span class="tag">{TEXTS.private}</span>}
            {room.archived && <span class="tag">{TEXTS.archived}</span>}
          </>,
          String(room.members),
          String(room.messages),
          fileSize(room.file_bytes),
          <select
            aria-label={`${room.name}: ${TEXTS.kept}`}
            value={String(room.retention_days ?? 0)}
            data-testid="retention"
            onChange={(event) => {
              const days = Number(event.currentTarget.value);
              if (days > 0) setChoice({ room, days });
              else void retain(room, undefined).then((refused) => toast.show(refused));
            }}
          >
            <option value="0">{TEXTS.ever}</option>
            {[...new Set([...DAYS, ...(room.retention_days === undefined ? [] : [room.retention_days])])]
              .sort((a, b) => a - b)
              .map((days) => (
                <option key={days} value={String(days)}>
                  {daysText(days)}
                </option>
              ))}
          </select>,
          room.id === GENERAL ? null : (
            <button type="button" class="secondary" aria-label={`${room.archived ? TEXTS.open : TEXTS.archive}: ${room.name}`} data-testid="admin-archive" onClick={() => void archive(room)}>
              {room.archived ? TEXTS.open : TEXTS.archive}
            </button>
          ),
        ]}
      />
      <p class="quiet">{TEXTS.direct}</p>
      {choice && (
        <ConfirmDialog
          title={TEXTS.ask}
          action={TEXTS.remove}
          testId="retention-dialog"
          onClose={() => {
            setChoice(undefined);
            void reload();
          }}
          submit={() => retain(choice.room, choice.days)}
        >
          <p class="quiet">
            Messages and files in <bdi>{choice.room.name}</bdi> that are older than {daysText(choice.days)} will be removed from the server and
            from all browsers. This cannot be undone.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
