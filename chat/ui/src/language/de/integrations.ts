import type { integrations as English } from '../en/integrations';
import { plural } from '../plural';

/** The server's sentences about a failed delivery. */
const PROBLEMS: Readonly<Record<string, string>> = {
  'The name of the receiver cannot be resolved.': 'Der Name des Empfängers lässt sich nicht auflösen.',
  'The chat sends nothing to this address; see --webhook-networks.':
    'Der Chat sendet nichts an diese Adresse; siehe --webhook-networks.',
  'The receiver did not answer in time.': 'Der Empfänger hat nicht rechtzeitig geantwortet.',
};

export const integrations: typeof English = {
  integrations: {
    address: 'Adresse',
    addressToPost: 'Die Adresse, an die gesendet wird.',
    botLead: 'Ein Bot ist ein Programm mit einem Namen und einem Token. Füge ihn zu Räumen hinzu wie eine Person.',
    botName: 'Name des Bots',
    by: (name) => `von ${name}`,
    byOperator: 'vom Betreiber',
    copied: 'Kopiert',
    delivered: (when) => `zugestellt ${when}`,
    disabled: 'abgeschaltet',
    dropped: (count) => plural(count, { other: '# verworfen' }),
    enable: 'Einschalten',
    events: 'Ereignisse',
    eventNames: {
      'message.sent': 'Nachricht gesendet',
      'message.edited': 'Nachricht bearbeitet',
      'message.deleted': 'Nachricht gelöscht',
      'member.joined': 'Mitglied beigetreten',
    },
    incoming: 'Eingehend',
    incomingLead: 'Ein Programm sendet an eine Adresse, und die Nachricht erscheint in einem Raum.',
    name: 'Name',
    newBot: 'Neuer Bot',
    newToken: 'Neues Token',
    newWebhook: 'Neuer Webhook',
    noBots: 'Es gibt noch keinen Bot.',
    noIncoming: 'Es gibt noch keinen eingehenden Webhook.',
    noOutgoing: 'Es gibt noch keinen ausgehenden Webhook.',
    outgoing: 'Ausgehend',
    outgoingLead: 'Der Chat meldet Nachrichten in Räumen an eine Adresse.',
    privateRoom: 'ein privater Raum',
    problem: (sentence) => PROBLEMS[sentence] ?? sentence.replace(/^The receiver answered (\d+)\.$/, 'Der Empfänger hat mit $1 geantwortet.'),
    revoked: 'widerrufen',
    room: 'Raum',
    secret: 'Das Geheimnis, das die Zustellungen unterschreibt.',
    shownOnce: 'Wird nur jetzt gezeigt.',
    token: (name) => `Das Token von ${name}.`,
    unused: 'noch nicht verwendet',
    used: (when) => `verwendet ${when}`,
    waiting: (count) => plural(count, { one: '# wartet', other: '# warten' }),
  },
};
