import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export type Deferred<P> = FunctionComponent<P> & {
  /** Loads the code now, so that the first use neither waits nor needs a connection. */
  readonly preload: () => void;
};

/** A component whose code is loaded when it is first shown. Nothing stands there until then. */
export function deferred<P extends object>(load: () => Promise<FunctionComponent<P>>): Deferred<P> {
  let loaded: FunctionComponent<P> | undefined;
  const get = async () => (loaded = await load());
  function Shown(props: P) {
    const [Component, setComponent] = useState(() => loaded);
    useEffect(() => {
      if (Component) return;
      get().then(
        (component) => setComponent(() => component),
        () => undefined, // Without a connection. The next time it is shown it loads again.
      );
    }, [Component]);
    return Component ? <Component {...props} /> : null;
  }
  return Object.assign(Shown, { preload: () => void get().catch(() => undefined) });
}
