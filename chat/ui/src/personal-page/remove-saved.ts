import type { Saved } from '../net/personal-contract';
import type { ChatStore } from '../store/chat-store';

const SAVED = 'Saved';
const REMOVED = 'Removed from the saved messages';
const UNDO = 'Undo';
const SHOW = 'Show';
const NOT_YET = 'Saved messages are not loaded yet. Please try again.';

type Parts = Pick<ChatStore, 'personal' | 'toast' | 'navigation'>;

/** Removes a message from the list, with a way to undo it. */
export async function removeSaved({ personal, toast }: Parts, saved: Saved): Promise<void> {
  const lists = personal.peek();
  const { room, seq, saved_at, remind_at, due } = saved;
  const problem = lists ? await lists.unsave(room, seq) : NOT_YET;
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
  toast.show(REMOVED, { label: UNDO, run: () => void undo() });
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
  const problem = lists ? await lists.save(room, seq) : NOT_YET;
  if (problem === undefined) toast.show(SAVED, { label: SHOW, run: () => navigation.go({ kind: 'saved' }) });
  else toast.show(problem);
}
