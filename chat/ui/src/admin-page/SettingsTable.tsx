import { lateTexts } from '../language/language';
import { Table } from './Table';
import { useStatus } from './use-status';

/** The settings and limits that are in force, with the place where each was set. */
export function SettingsTable() {
  const { status, problem } = useStatus();
  return (
    <>
      <h2>{lateTexts.adminSettings.settings}</h2>
      <p class="quiet">{lateTexts.adminSettings.hint}</p>
      <Table
        caption={lateTexts.adminSettings.settings}
        columns={lateTexts.adminSettings.settingColumns}
        rows={status?.settings}
        problem={problem}
        empty={lateTexts.adminSettings.empty}
        keyOf={({ name }) => name}
        testId="admin-setting"
        cells={({ name, value, source }) => [<code>{name}</code>, value === '' ? lateTexts.adminSettings.none : value, source === undefined ? lateTexts.adminSettings.byDefault : lateTexts.adminSettings.source(source)]}
      />
      {status && (
        <>
          <h2>{lateTexts.adminSettings.limits}</h2>
          <Table
            caption={lateTexts.adminSettings.limits}
            columns={lateTexts.adminSettings.limitColumns}
            rows={status.limits}
            problem={undefined}
            empty={lateTexts.adminSettings.empty}
            keyOf={({ name }) => name}
            testId="admin-limit"
            cells={({ name, value }) => [lateTexts.adminSettings.limitNames[name] ?? name, value]}
          />
        </>
      )}
    </>
  );
}
