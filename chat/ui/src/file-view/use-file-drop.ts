import { useEffect, useState } from 'preact/hooks';
import { carriesFiles, filesOf } from '../files/transferred-files';

/** Takes files that are dropped anywhere on the page. Returns true while files are dragged over it. */
export function useFileDrop(onFiles: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const listening = new AbortController();
    const until = { signal: listening.signal };
    // Without this a browser opens a dropped file in place of the page.
    addEventListener(
      'dragover',
      (event) => {
        if (!carriesFiles(event.dataTransfer)) return;
        event.preventDefault();
        setOver(true);
      },
      until,
    );
    addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), until);
    addEventListener(
      'drop',
      (event) => {
        setOver(false);
        if (!carriesFiles(event.dataTransfer)) return;
        event.preventDefault();
        onFiles(filesOf(event.dataTransfer));
      },
      until,
    );
    return () => listening.abort();
  }, [onFiles]);
  return over;
}
