const HTTPS = 'Ask the administrator for such an address.';
const BLOCKED = 'The browser blocks notifications of this page. Allow them in the settings of the site, beside its address.';

/** The settings and tests of notifications. */
export const notifications = {
  notify: {
    allowed: 'The browser allows them.',
    asks: 'The browser will ask you whether this page may notify you.',
    blocked: BLOCKED,
    closed: 'While Natter is closed',
    closedHelp: 'Your server sends them through the push service of your browser, encrypted for it.',
    desktop: 'On the desktop',
    desktopOn: 'Notifications of the desktop',
    insecure: `Browsers show notifications of pages with https only. ${HTTPS}`,
    lead: 'Natter tells you of messages in rooms that you are not looking at.',
    noSound: 'The browser allows no sound here.',
    notShown: 'The browser could not show it. Your system may not allow notifications of this browser.',
    played: 'Played. If you hear nothing, look at the volume and at the mute of this tab.',
    playTest: 'Play a test',
    pushInsecure: `Browsers take push messages with https only. ${HTTPS}`,
    pushRefused: 'The push service of this browser did not accept it. Please try again later.',
    pushSent: 'On its way. It shows in a few seconds.',
    pushNotTaken: 'The push service did not take it.',
    pushUnsupported: 'This browser takes no push messages. On an iPhone, add Natter to the home screen first.',
    roomAbout: (room: string) => `Notify me in ${room} about`,
    sample: 'This is how a new message looks.',
    sendTest: 'Send a test',
    showTest: 'Show a test',
    shown: 'Shown. If you see nothing, your system holds notifications back: look at its do-not-disturb mode.',
    sound: 'Sound',
    soundHelp: 'Two short notes, at most once in three seconds.',
    unsupported: 'This browser cannot show notifications of a page.',
    waitingBrowser: 'Waiting for the browser…',
    waitingPush: 'Waiting for the push service…',
  },
};
