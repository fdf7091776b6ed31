import { lateTexts, texts } from '../language/language';
import type { Saved } from '../net/personal-contract';
import type { ChatStore } from '../store/chat-store';

type Parts = Pick<ChatStore, 'personal' | 'toast' | 'navigation'>;

/** Removes a message from the list, with a way to undo it. */
export async function removeSaved({ personal, toast }: Parts, saved: Saved): Promise<void> {
  const lists = personal.peek();
  const { room, seq, saved_at, remind_at, due } = saved;
  const problem = lists ? await lists.unsave(room, seq) : lateTexts.personal.notYet;
  if (problem !== undefined) {
    toast.show(problem);
    return;
  }
  const undo = async () => {
    const refused = await lists?.save(room, seq, saved_at);
    // A reminder that was due is over.
    const again = refused === undefined && remind_at !== undefined && !due && remind_at > Date.now();
    toast.show(again ? await lists?.remind(room, seq, remind_at) : refused);
  };
  toast.show(lateTexts.personal.removed, { label: texts.message.undo, run: () => void undo() });
}

/** Saves a message, or removes it from the list. */
export async function toggleSaved(store: Parts, room: string, seq: number): Promise<void> {
  const { personal, toast, navigation } = store;
  const lists = personal.peek();
  const saved = lists?.of(room, seq);
  if (saved) {
    await removeSaved(store, saved);
    return;
  }
  const problem = lists ? await lists.save(room, seq) : lateTexts.personal.notYet;
  if (problem === undefined) toast.show(lateTexts.personal.saved, { label: texts.common.show, run: () => navigation.go({ kind: 'saved' }) });
  else toast.show(problem);
}
