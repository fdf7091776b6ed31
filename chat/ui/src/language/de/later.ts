import type { Later } from '../en/later';
import { accounts } from './accounts';
import { errors } from './errors';
import { messages } from './messages';
import { moderation } from './moderation';
import { notifications } from './notifications';
import { roomDialogs } from './room-dialogs';
import { search } from './search';

export const later: Later = {
  ...accounts,
  ...messages,
  ...moderation,
  ...notifications,
  ...roomDialogs,
  ...search,
  errors,
};
