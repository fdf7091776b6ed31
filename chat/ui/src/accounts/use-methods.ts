import { useEffect, useState } from 'preact/hooks';
import { useStore } from '../store/context';
import { type Methods, ownMethods } from './sign-in-api';

/** The person's ways to sign in. `loaded`: the server has answered, or does not answer. */
export function useMethods(account: boolean) {
  const { session } = useStore();
  const [methods, setMethods] = useState<Methods | undefined>(undefined);
  const [loaded, setLoaded] = useState(false);
  const reload = () =>
    ownMethods().then((list) => {
      setMethods(list);
      setLoaded(true);
    });
  useEffect(() => {
    if (account) void reload();
  }, [account, session.me.value]);
  return { methods, loaded, reload };
}
