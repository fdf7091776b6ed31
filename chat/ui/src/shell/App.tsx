import { Fragment } from 'preact';
import { deferred } from '../design/Deferred';
import { shownLanguage } from '../language/language';
import { useStore } from '../store/context';
import { Announcements } from './Announcements';
import { Shell } from './Shell';
import './shell.css';

const SignIn = deferred(() => import('./SignIn').then((module) => module.SignIn));

/** A browser without a person of an earlier visit shows the sign-in first. */
export const preloadSignIn = () => SignIn.preload();

/** The page. Another language draws it anew. */
export function App() {
  const { phase, me } = useStore().session;
  const language = shownLanguage.value;
  if (phase.value === 'signed-out') return <SignIn key={language} />;
  const expired = phase.value === 'expired';
  return (
    <Fragment key={language}>
      <Shell inert={expired} />
      {expired && <SignIn again={me.value?.name ?? ''} />}
      <Announcements />
    </Fragment>
  );
}
