import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { loadLateTexts } from '../language/language';

export type Deferred<P> = FunctionComponent<P> & {
  /** Loads the code now, so that the first use neither waits nor needs a connection. */
  readonly preload: () => void;
};

/** The wait before a failed load is repeated. */
const RETRY_MS = 3_000;

/** A component whose code and texts are loaded when it is first shown. Nothing stands there until then. */
export function deferred<P extends object>(load: () => Promise<FunctionComponent<P>>): Deferred<P> {
  let loaded: FunctionComponent<P> | undefined;
  const get = async () => {
    const [component] = await Promise.all([load(), loadLateTexts()]);
    return (loaded = component);
  };
  function Shown(props: P) {
    const [Component, setComponent] = useState(() => loaded);
    const [attempt, setAttempt] = useState(0);
    useEffect(() => {
      if (Component) return undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      get().then(
        (component) => setComponent(() => component),
        // Without a connection.
        () => (timer = setTimeout(() => setAttempt(attempt + 1), RETRY_MS)),
      );
      return () => clearTimeout(timer);
    }, [Component, attempt]);
    return Component ? <Component {...props} /> : null;
  }
  return Object.assign(Shown, { preload: () => void get().catch(() => undefined) });
}
