import { lateTexts, texts } from '../language/language';
import { useStore } from '../store/context';

interface Props {
  readonly name?: string;
  readonly topic: string;
  readonly setName?: (name: string) => void;
  readonly setTopic: (topic: string) => void;
}

/** The name and the topic of a room. */
export function RoomFields({ name, topic, setName, setTopic }: Props) {
  const limits = useStore().limits.value;
  return (
    <>
      {setName && (
        <label class="labelled">
          <span>{lateTexts.roomDialogs.name}</span>
          <input
            type="text"
            dir="auto"
            autoFocus
            autocomplete="off"
            // The limit counts characters as people see them, which may be several units long.
            maxLength={limits.room_name * 4}
            placeholder={lateTexts.roomDialogs.nameExample}
            value={name}
            data-testid="room-name"
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
      )}
      <label class="labelled">
        <span>
          {texts.people.topic} <small>{lateTexts.roomDialogs.optional}</small>
        </span>
        <input
          type="text"
          dir="auto"
          autocomplete="off"
          maxLength={limits.topic}
          placeholder={lateTexts.roomDialogs.topicExample}
          value={topic}
          data-testid="room-topic"
          onInput={(event) => setTopic(event.currentTarget.value)}
        />
      </label>
    </>
  );
}
