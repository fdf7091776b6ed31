import type { Later } from '../en/later';
import { accounts } from './accounts';
import { admin } from './admin';
import { errors } from './errors';
import { integrations } from './integrations';
import { messages } from './messages';
import { moderation } from './moderation';
import { notifications } from './notifications';
import { personal } from './personal';
import { roomDialogs } from './room-dialogs';
import { search } from './search';
import { signIns } from './sign-in';

export const later: Later = {
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
  errors,
};
