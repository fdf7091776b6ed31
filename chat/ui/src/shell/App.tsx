import { me, phase } from '../app/natter';
import { Announcements } from './Announcements';
import { Shell } from './Shell';
import { SignIn } from './SignIn';
import './shell.css';

export function App() {
  const now = phase.value;
  if (now === 'name') return <SignIn />;
  return (
    <>
      <Shell inert={now === 'again'} />
      {now === 'again' && <SignIn again={me.value?.name ?? ''} />}
      <Announcements />
    </>
  );
}
