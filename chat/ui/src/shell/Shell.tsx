import { useEffect } from 'preact/hooks';
import { attentive } from '../app/attention';
import { online, room } from '../app/natter';
import type { Room } from '../app/room';
import { Composer } from '../composer/Composer';
import { People } from '../presence/People';
import { Strip } from '../strip/Strip';
import { Skeleton } from '../timeline/furniture';
import { Timeline } from '../timeline/Timeline';
import '../timeline/timeline.css';
import '../timeline/message.css';
import { Header } from './Header';
import { KeysHelp } from './KeysHelp';
import { onKeys } from './keys';
import { Side } from './Side';
import { go, peopleHidden, view, watchView } from './view';

export function Shell({ inert }: { inert: boolean }) {
  const here = room.value;
  useEffect(watchView, []);
  useEffect(() => {
    const keys = (event: KeyboardEvent) => onKeys(event);
    addEventListener('keydown', keys);
    return () => removeEventListener('keydown', keys);
  }, []);
  const unread = here && !attentive.value ? here.unread.value : 0;
  const title = `${unread > 0 ? `(${unread > 99 ? '99+' : unread}) ` : ''}${here?.name.value ? `${here.name.value} · ` : ''}Natter`;
  useEffect(() => {
    document.title = title;
  }, [title]);

  return (
    <div class="shell" data-view={view.value} data-people={peopleHidden.value ? 'hidden' : 'shown'} data-line={online.value ? 'up' : 'down'} inert={inert}>
      <Side />
      <main class="main">
        <Header room={here} />
        <div class="stage">
          <Strip />
          {here ? <Conversation key={here.id} room={here} /> : <Waiting />}
        </div>
      </main>
      <div class="scrim" onClick={() => go('room')} />
      <People />
      <KeysHelp />
    </div>
  );
}

function Conversation({ room: here }: { room: Room }) {
  return (
    <>
      <Timeline room={here} />
      <Composer room={here} />
    </>
  );
}

function Waiting() {
  return (
    <div class="timeline-box" aria-busy="true">
      <div class="timeline">
        <div class="rows">
          <Skeleton />
        </div>
      </div>
    </div>
  );
}
