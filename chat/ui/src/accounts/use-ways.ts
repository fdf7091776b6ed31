import { useEffect, useState } from 'preact/hooks';
import { type Ways, waysToSignIn } from './sign-in-api';

/** The ways to sign in here; undefined until the server has answered. */
export function useWays(): Ways | undefined {
  const [ways, setWays] = useState<Ways | undefined>(undefined);
  useEffect(() => void waysToSignIn().then(setWays), []);
  return ways;
}
