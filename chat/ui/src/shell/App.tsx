import { deferred } from '../design/Deferred';
import { useStore } from '../store/context';
import { Announcements } from './Announcements';
import { Shell } from './Shell';
import './shell.css';

/** A person who is signed in does not need it. */
const SignIn = deferred(() => import('./SignIn').then((module) => module.SignIn));

export function App() {
  const { phase, me } = useStore().session;
  if (phase.value === 'signed-out') return <SignIn />;
  const expired = phase.value === 'expired';
  return (
    <>
      <Shell inert={expired} />
      {expired && <SignIn again={me.value?.name ?? ''} />}
      <Announcements />
    </>
  );
}
