import { Table } from './Table';
import { useStatus } from './use-status';

const TEXTS = {
  settings: 'Settings',
  settingColumns: ['Setting', 'Value', 'Set by'],
  limits: 'Limits',
  limitColumns: ['Limit', 'Value'],
  none: 'none',
  byDefault: 'default',
  empty: 'The server names no settings.',
  hint: 'The settings are those of the start of the server: flags, environment variables, or the file of --config.',
} as const;

/** The settings and limits that are in force, with the place where each was set. */
export function SettingsTable() {
  const { status, problem } = useStatus();
  return (
    <>
      <h2>{TEXTS.settings}</h2>
      <p class="quiet">{TEXTS.hint}</p>
      <Table
        caption={TEXTS.settings}
        columns={TEXTS.settingColumns}
        rows={status?.settings}
        problem={problem}
        empty={TEXTS.empty}
        keyOf={({ name }) => name}
        testId="admin-setting"
        cells={({ name, value, source }) => [<code>{name}</code>, value === '' ? TEXTS.none : value, source ?? TEXTS.byDefault]}
      />
      {status && (
        <>
          <h2>{TEXTS.limits}</h2>
          <Table
            caption={TEXTS.limits}
            columns={TEXTS.limitColumns}
            rows={status.limits}
            problem={undefined}
            empty={TEXTS.empty}
            keyOf={({ name }) => name}
            testId="admin-limit"
            cells={({ name, value }) => [name, value]}
          />
        </>
      )}
    </>
  );
}
