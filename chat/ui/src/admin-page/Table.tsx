import type { ComponentChildren } from 'preact';
import { lateTexts, texts } from '../language/language';

interface Props<T> {
  /** The name of the table, for screen readers. */
  readonly caption: string;
  /** The heading of each column; "" for the one with buttons. */
  readonly columns: readonly string[];
  /** Undefined while it loads. */
  readonly rows: readonly T[] | undefined;
  readonly problem: string | undefined;
  /** The sentence that stands in place of no rows. */
  readonly empty: string;
  readonly keyOf: (row: T) => string;
  /** A cell for each column. The first one is the heading of its row. */
  readonly cells: (row: T) => readonly ComponentChildren[];
  readonly testId: string;
}

/** A table that becomes a list of cards on a narrow screen. The roles stay whatever the styles make of the elements. */
export function Table<T>({ caption, columns, rows, problem, empty, keyOf, cells, testId }: Props<T>) {
  if (problem !== undefined)
    return (
      <p class="problem" role="alert">
        {problem}
      </p>
    );
  if (rows === undefined) return <p class="quiet">{texts.common.loading}</p>;
  if (rows.length === 0) return <p class="quiet" data-testid={`${testId}-empty`}>{empty}</p>;
  return (
    <table class="admin-table" role="table">
      <caption class="visually-hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column} role="columnheader" scope="col">
              {column === '' ? <span class="visually-hidden">{lateTexts.admin.actions}</span> : column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row" data-testid={testId} data-id={keyOf(row)}>
            {cells(row).map((cell, at) =>
              at === 0 ? (
                <th key={columns[at]} role="rowheader" scope="row">
                  {cell}
                </th>
              ) : (
                <td key={columns[at]} role="cell" data-label={columns[at]}>
                  {cell}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
