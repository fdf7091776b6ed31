import { useEffect, useState } from 'preact/hooks';
import type { AdminStatus } from '../net/admin-contract';
import { problemOf } from '../net/problem';
import { useStore } from '../store/context';

const REFRESH_MS = 10_000;

/** The state of the server, asked again every few seconds; a sentence if it cannot be had. */
export function useStatus(): { readonly status: AdminStatus | undefined; readonly problem: string | undefined } {
  const { server } = useStore();
  const [status, setStatus] = useState<AdminStatus | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  useEffect(() => {
    let shown = true;
    const load = async () => {
      const answer = await server.ask('admin.status', {}).catch(() => undefined);
      if (!shown) return;
      if (answer?.ok === true) setStatus(answer);
      setProblem(problemOf(answer));
    };
    void load();
    const timer = setInterval(() => void load(), REFRESH_MS);
    return () => {
      shown = false;
      clearInterval(timer);
    };
  }, []);
  return { status, problem };
}
