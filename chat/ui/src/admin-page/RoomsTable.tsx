import { useState } from 'preact/hooks';
import { fileSize } from '../files/file-size';
import { lateTexts, texts } from '../language/language';
import { numberText } from '../language/plural';
import { withParts } from '../language/with-parts';
import { useList } from '../moderation/use-list';
import type { AdminRoom } from '../net/admin-contract';
import { problemOf } from '../net/problem';
import { useStore } from '../store/context';
import { request } from '../store/request';
import { GENERAL } from '../store/room-list';
import { ConfirmDialog } from './ConfirmDialog';
import { Table } from './Table';

const DAYS: readonly number[] = [1, 7, 30, 90, 180, 365, 730];

interface Choice {
  readonly room: AdminRoom;
  readonly days: number;
}

/** All rooms, with how long their messages are kept. */
export function RoomsTable() {
  const store = useStore();
  const { server, toast } = store;
  const [choice, setChoice] = useState<Choice | undefined>(undefined);
  const { list, problem, reload } = useList<AdminRoom>(async () => {
    const answer = await server.ask('admin.rooms', {});
    return answer.ok === true ? answer.rooms : answer.err.message;
  });
  const retain = async (room: AdminRoom, days: number | undefined) => {
    const answer = await server.ask('room.retention', { room: room.id, ...(days !== undefined && { days }) }).catch(() => undefined);
    await reload();
    return problemOf(answer);
  };
  const archive = async (room: AdminRoom) => {
    await request(store, 'admin.archive', { room: room.id, on: !room.archived });
    await reload();
  };
  return (
    <>
      <Table
        caption={lateTexts.adminRooms.caption}
        columns={lateTexts.adminRooms.columns}
        rows={list}
        problem={problem}
        empty={lateTexts.adminRooms.empty}
        keyOf={(room) => room.id}
        testId="admin-room"
        cells={(room) => [
          <>
            <bdi>{room.name}</bdi>
            {room.kind === 'private' && <span class="tag">{lateTexts.adminRooms.private}</span>}
            {room.archived && <span class="tag">{lateTexts.adminRooms.archived}</span>}
          </>,
          numberText(room.members),
          numberText(room.messages),
          fileSize(room.file_bytes),
          <select
            aria-label={lateTexts.adminRooms.kept(room.name)}
            value={String(room.retention_days ?? 0)}
            data-testid="retention"
            onChange={(event) => {
              const days = Number(event.currentTarget.value);
              if (days > 0) setChoice({ room, days });
              else void retain(room, undefined).then((refused) => toast.show(refused));
            }}
          >
            <option value="0">{lateTexts.adminRooms.ever}</option>
            {[...new Set([...DAYS, ...(room.retention_days === undefined ? [] : [room.retention_days])])]
              .sort((a, b) => a - b)
              .map((days) => (
                <option key={days} value={String(days)}>
                  {lateTexts.adminRooms.days(days)}
                </option>
              ))}
          </select>,
          room.id === GENERAL ? null : (
            <button type="button" class="secondary" aria-label={room.archived ? lateTexts.adminRooms.openNamed(room.name) : lateTexts.adminRooms.archiveNamed(room.name)} data-testid="admin-archive" onClick={() => void archive(room)}>
              {room.archived ? texts.rooms.openAgain : texts.rooms.archive}
            </button>
          ),
        ]}
      />
      <p class="quiet">{lateTexts.adminRooms.direct}</p>
      {choice && (
        <ConfirmDialog
          title={lateTexts.adminRooms.removeQuestion}
          action={lateTexts.adminRooms.removeAction}
          testId="retention-dialog"
          onClose={() => {
            setChoice(undefined);
            void reload();
          }}
          submit={() => retain(choice.room, choice.days)}
        >
          <p class="quiet">
            {withParts(lateTexts.adminRooms.removeOlder(choice.days), { room: <bdi>{choice.room.name}</bdi> })}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
