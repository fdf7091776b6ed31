import type { Push } from '../en/push';

export const push: Push = {
  works: 'Die Benachrichtigungen dieses Browsers funktionieren.',
  reminder: (title: string) => `Erinnerung · ${title}`,
  newMessage: 'Es gibt eine neue Nachricht.',
};
