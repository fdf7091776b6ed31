/** The sentences that the service worker shows itself. */
export const push = {
  works: 'Notifications of this browser work.',
  reminder: (title: string) => `Reminder · ${title}`,
  newMessage: 'There is a new message.',
};

export type Push = typeof push;
