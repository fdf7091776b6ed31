import type { notifications as English } from '../en/notifications';

const HTTPS = 'Bitte die Administration um eine solche Adresse.';

export const notifications: typeof English = {
  notify: {
    allowed: 'Der Browser erlaubt sie.',
    asks: 'Der Browser wird dich fragen, ob diese Seite dich benachrichtigen darf.',
    blocked:
      'Der Browser blockiert Benachrichtigungen dieser Seite. Erlaube sie in den Einstellungen der Website, neben ihrer Adresse.',
    closed: 'Wenn Natter geschlossen ist',
    closedHelp: 'Dein Server schickt sie über den Push-Dienst deines Browsers, für ihn verschlüsselt.',
    desktop: 'Auf dem Desktop',
    desktopOn: 'Benachrichtigungen auf dem Desktop',
    insecure: `Browser zeigen Benachrichtigungen nur bei Seiten mit https. ${HTTPS}`,
    lead: 'Natter meldet dir Nachrichten in Räumen, die du gerade nicht ansiehst.',
    noSound: 'Der Browser erlaubt hier keinen Ton.',
    notShown: 'Der Browser konnte sie nicht zeigen. Vielleicht erlaubt dein System diesem Browser keine Benachrichtigungen.',
    played: 'Abgespielt. Wenn du nichts hörst, prüfe die Lautstärke und ob dieser Tab stumm ist.',
    playTest: 'Probe abspielen',
    pushInsecure: `Browser nehmen Push-Nachrichten nur mit https an. ${HTTPS}`,
    pushRefused: 'Der Push-Dienst dieses Browsers hat es nicht angenommen. Bitte versuche es später noch einmal.',
    pushSent: 'Unterwegs. Sie erscheint in ein paar Sekunden.',
    pushNotTaken: 'Der Push-Dienst hat sie nicht angenommen.',
    pushUnsupported:
      'Dieser Browser nimmt keine Push-Nachrichten an. Füge Natter auf einem iPhone zuerst zum Home-Bildschirm hinzu.',
    roomAbout: (room) => `Benachrichtige mich in ${room} über`,
    sample: 'So sieht eine neue Nachricht aus.',
    sendTest: 'Probe senden',
    showTest: 'Probe zeigen',
    shown: 'Gezeigt. Wenn du nichts siehst, hält dein System Benachrichtigungen zurück: Prüfe, ob „Nicht stören“ an ist.',
    sound: 'Ton',
    soundHelp: 'Zwei kurze Töne, höchstens einmal in drei Sekunden.',
    unsupported: 'Dieser Browser kann keine Benachrichtigungen einer Seite zeigen.',
    waitingBrowser: 'Warten auf den Browser …',
    waitingPush: 'Warten auf den Push-Dienst …',
  },
};
