import type { Owned, OwnedRecords } from '../src/storage/owned-records';

/** Records in memory. */
export class MemoryRecords<T extends Owned> implements OwnedRecords<T> {
  readonly kept = new Map<string, T>();
  all = async () => [...this.kept.values()];
  put = async (record: T) => void this.kept.set(`${record.owner}/${record.room}`, record);
  remove = async (owner: string, room: string, condition: (record: T) => boolean = () => true) => {
    const record = this.kept.get(`${owner}/${room}`);
    if (record && condition(record)) this.kept.delete(`${owner}/${room}`);
  };
  clear = async (owner: string) => {
    for (const [key, record] of this.kept) if (record.owner === owner) this.kept.delete(key);
  };
}
