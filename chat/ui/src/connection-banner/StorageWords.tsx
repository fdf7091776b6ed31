const CANNOT: Readonly<Record<string, string>> = {
  disk_full: 'The disk of the server is full, so it cannot store anything.',
  read_only: 'The database of the server is read-only, so it cannot store anything.',
  locked: 'Another program holds the database of the server, so it cannot store anything.',
};
const CANNOT_AT_ALL = 'The server cannot store anything at the moment.';
const MEANWHILE = 'You can read on. Your messages wait here and will be sent by themselves.';

/** The words of the banner while the server cannot store anything. `trouble`: the code of the reason, if it is known. */
export function StorageWords({ trouble }: { trouble: string | undefined }) {
  return (
    <span>
      {(trouble !== undefined && CANNOT[trouble]) || CANNOT_AT_ALL} {MEANWHILE}
    </span>
  );
}
