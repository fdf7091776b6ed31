import { accounts } from './accounts';
import { messages } from './messages';
import { moderation } from './moderation';
import { notifications } from './notifications';
import { roomDialogs } from './room-dialogs';
import { search } from './search';

/** The English texts of the features that are loaded when needed. All other languages have the same shape. */
export const later = {
  ...accounts,
  ...messages,
  ...moderation,
  ...notifications,
  ...roomDialogs,
  ...search,
  /** Refusals of the server by their code. Its own sentences are English, so English needs none. */
  errors: {} as Readonly<Record<string, (sentence: string) => string>>,
};

export type Later = typeof later;
