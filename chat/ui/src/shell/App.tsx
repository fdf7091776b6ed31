import { useStore } from '../store/context';
import { Announcements } from './Announcements';
import { Shell } from './Shell';
import { SignIn } from './SignIn';
import './shell.css';

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
