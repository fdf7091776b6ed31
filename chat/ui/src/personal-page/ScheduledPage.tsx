import { useStore } from '../store/context';
import { PageFrame } from './PageFrame';
import { ScheduledList } from './ScheduledList';

const TITLE = 'Scheduled';
const EMPTY = {
  title: 'Nothing is scheduled',
  text: 'Write a message and press the clock beside the field. It is sent at the time that you choose.',
};

/** All messages that are sent later. */
export function ScheduledPage() {
  const lists = useStore().personal.value;
  const list = lists?.scheduled.value ?? [];
  const loading = lists?.known.value !== true;
  return (
    <PageFrame title={TITLE} icon="clock" testId="scheduled-page" loading={loading} empty={list.length === 0 ? EMPTY : undefined}>
      <ScheduledList list={list} rooms />
    </PageFrame>
  );
}
