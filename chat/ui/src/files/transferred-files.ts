/** The files of a paste or a drop. Folders are left out: they have no content. */
export function filesOf(data: DataTransfer | null): File[] {
  if (!data) return [];
  return [...data.items]
    .filter((item) => item.kind === 'file' && item.webkitGetAsEntry?.()?.isDirectory !== true)
    .flatMap((item) => item.getAsFile() ?? []);
}

/** Does a drag carry files? */
export const carriesFiles = (data: DataTransfer | null) => data?.types.includes('Files') === true;
