import { useEffect, useState } from 'preact/hooks';
import { lateTexts } from '../language/language';

/** A list of the server: undefined while it loads, and a sentence when it could not be loaded. */
export function useList<T>(load: () => Promise<readonly T[] | string>) {
  const [list, setList] = useState<readonly T[] | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const reload = async () => {
    const loaded = await load().catch(() => lateTexts.place.notLoaded);
    if (typeof loaded === 'string') setProblem(loaded);
    else {
      setProblem(undefined);
      setList(loaded);
    }
  };
  useEffect(() => void reload(), []);
  return { list, problem, reload, setList };
}
