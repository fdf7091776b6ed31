import type { Push } from '../en/push';

export const push: Push = {
  works: 'Die Benachrichtigungen dieses Browsers funktionieren.',
  newMessage: 'Es gibt eine neue Nachricht.',
};
