import { accounts } from './accounts';
import { admin } from './admin';
import { integrations } from './integrations';
import { messages } from './messages';
import { moderation } from './moderation';
import { notifications } from './notifications';
import { personal } from './personal';
import { roomDialogs } from './room-dialogs';
import { search } from './search';
import { signIns } from './sign-in';

/** The English texts of the features that are loaded when needed. All other languages have the same shape. */
export const later = {
  ...accounts,
  ...admin,
  ...integrations,
  ...messages,
  ...moderation,
  ...notifications,
  ...personal,
  ...roomDialogs,
  ...search,
  ...signIns,
  /** Refusals of the server by their code. Its own sentences are English, so English needs none. */
  errors: {} as Readonly<Record<string, (sentence: string) => string>>,
};

export type Later = typeof later;
