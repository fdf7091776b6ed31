import { lateTexts, texts } from '../language/language';
import { useStore } from '../store/context';
import { PageFrame } from './PageFrame';
import { ScheduledList } from './ScheduledList';

/** All messages that are sent later. */
export function ScheduledPage() {
  const lists = useStore().personal.value;
  const list = lists?.scheduled.value ?? [];
  const loading = lists?.known.value !== true;
  const empty = { title: lateTexts.personal.scheduledEmpty, text: lateTexts.personal.scheduledHelp };
  return (
    <PageFrame title={texts.common.scheduled} icon="clock" testId="scheduled-page" loading={loading} empty={list.length === 0 ? empty : undefined}>
      <ScheduledList list={list} rooms />
    </PageFrame>
  );
}
