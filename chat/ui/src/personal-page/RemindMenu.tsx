import { useEffect, useRef } from 'preact/hooks';
import { Popup } from '../design/Popup';
import { lateTexts } from '../language/language';
import { useStore } from '../store/context';
import { reminderChoices } from '../time/time-choices';
import { whenText } from '../time/when-text';
import { TimeChoices } from './TimeChoices';

interface Props {
  readonly room: string;
  readonly seq: number;
  readonly opener: HTMLElement;
  readonly onClose: () => void;
}

/** The choice of a time for the reminder of a message. */
export function RemindMenu({ room, seq, opener, onClose }: Props) {
  const { personal, toast, day } = useStore();
  const box = useRef<HTMLDivElement>(null);
  const now = Date.now() + day.clockOffset.peek();
  useEffect(() => box.current?.querySelector('button')?.focus({ preventScroll: true }), []);
  const pick = (at: number) => {
    onClose();
    void personal
      .peek()
      ?.remind(room, seq, at)
      .then((problem) => toast.show(problem ?? lateTexts.personal.reminded(whenText(at))));
  };
  return (
    <Popup opener={opener} label={lateTexts.personal.remindMe} class="time-popup" onClose={onClose}>
      <div ref={box} data-testid="remind-menu">
        <h2 class="time-title">{lateTexts.personal.remindMe}</h2>
        <TimeChoices choices={reminderChoices(now)} now={now} action={lateTexts.personal.setReminder} onPick={pick} />
      </div>
    </Popup>
  );
}
