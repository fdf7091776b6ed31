import { useState } from 'preact/hooks';
import { texts } from '../language/language';

/** The state of a form that is saved: busy, refused with a sentence, or done. */
export function useSaving() {
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [saved, setSaved] = useState(false);
  const [busy, setBusy] = useState(false);
  /** `run` resolves with a sentence when the server refused. */
  const save = async (run: () => Promise<string | undefined>) => {
    if (busy) return;
    setBusy(true);
    setSaved(false);
    const refused = await run().catch(() => texts.common.noAnswer);
    setBusy(false);
    setProblem(refused);
    setSaved(refused === undefined);
  };
  return { problem, saved, busy, save };
}
