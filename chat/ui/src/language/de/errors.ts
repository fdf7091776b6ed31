/** The number in a sentence of the server, such as the most characters. */
const number = (sentence: string) => /\d+/.exec(sentence)?.[0] ?? '';
/** A part of a sentence of the server, such as the name of a provider. */
const part = (sentence: string, pattern: RegExp) => pattern.exec(sentence)?.[1] ?? '';
const sentence = (text: string) => () => text;

/** Refusals of the server by their code. */
export const errors: Readonly<Record<string, (english: string) => string>> = {
  name_empty: sentence('Bitte gib einen Namen ein, den man sehen kann.'),
  name_too_long: (english) => `Bitte wähle einen Namen mit höchstens ${number(english)} Zeichen.`,
  name_invalid: sentence('Bitte wähle einen Namen ohne Steuerzeichen und mit wenigen Zeichen über einem Buchstaben.'),
  name_reserved: sentence('Dieser Name ist reserviert. Bitte wähle einen anderen.'),
  name_taken: sentence('Jemand heißt schon so oder so ähnlich. Bitte wähle einen anderen Namen.'),
  no_session: sentence('Melde dich zuerst an.'),
  text_empty: sentence('Bitte schreib zuerst eine Nachricht.'),
  text_too_long: (english) => `Bitte kürze die Nachricht auf ${number(english)} Zeichen.`,
  query_empty: sentence('Bitte gib ein, was du suchst.'),
  time_invalid: sentence('Bitte wähle eine Zeit in den nächsten 366 Tagen.'),
  too_many_saved: (english) => `Du hast dir ${number(english)} Nachrichten gemerkt. Bitte entferne zuerst einige davon.`,
  too_many_scheduled: (english) => `${number(english)} Nachrichten sind geplant. Bitte brich zuerst einige davon ab.`,
  scheduled_unknown: sentence('Diese Nachricht wurde schon gesendet oder abgebrochen.'),
  wrong_password: sentence('Der Name oder das Passwort stimmt nicht.'),
  password_too_short: (english) => `Bitte wähle ein Passwort mit mindestens ${number(english)} Zeichen.`,
  password_too_long: (english) => `Bitte wähle ein Passwort mit höchstens ${number(english)} Zeichen.`,
  password_common: sentence('Viele verwenden dieses Passwort. Bitte wähle ein anderes.'),
  account_exists: sentence('Du hast schon ein Konto.'),
  account_needed: sentence('Nur eine Person mit Konto kann diese Rolle haben.'),
  guests_refused: sentence('Dieser Ort ist nur für Personen mit Konto.'),
  invite_needed: sentence('Du brauchst eine Einladung, um hier ein Konto anzulegen.'),
  invite_unknown: sentence('Diese Einladung gilt nicht mehr. Bitte um eine neue.'),
  setup_done: sentence('Dieser Link gilt nicht. Der jetzige steht in der Konsole.'),
  session_unknown: sentence('Diese Sitzung gibt es nicht.'),
  status_too_long: (english) => `Bitte kürze den Status auf ${number(english)} Zeichen.`,
  status_invalid: sentence('Bitte schreib den Status ohne Steuerzeichen.'),
  picture_invalid: sentence('Bitte wähle ein Bild im Format PNG, JPEG, WebP oder GIF.'),
  zone_unknown: sentence('Bitte wähle eine Zeitzone wie Europe/Berlin.'),
  passkey_refused: sentence('Dieser Passkey gilt hier nicht. Bitte versuche einen anderen oder melde dich anders an.'),
  passkeys_unavailable: sentence('Passkeys brauchen https und einen Hostnamen. Bitte öffne den Chat unter seiner https-Adresse.'),
  passkey_known: sentence('Dieser Passkey wird schon verwendet.'),
  too_many_methods: (english) => `Ein Konto hat höchstens ${number(english)} davon. Bitte entferne zuerst einen Eintrag.`,
  method_unknown: sentence('Das wurde schon entfernt. Bitte öffne die Liste noch einmal.'),
  last_method: sentence('Nur so kannst du dich anmelden. Bitte füge zuerst eine andere Art hinzu.'),
  confirm_needed: sentence('Bitte bestätige zuerst, dass du es bist.'),
  step_over: sentence('Das hat zu lange gedauert. Bitte beginne noch einmal.'),
  openid_off: sentence('OpenID Connect ist hier nicht eingerichtet.'),
  openid_only: (english) => `Bitte melde dich mit ${part(english, /sign in with (.*)\. There/s)} an. Anders geht es nicht.`,
  provider_away: (english) =>
    `${part(english, /^(.*) does not answer/s)} antwortet nicht. Bitte versuche es in einer Minute noch einmal. ` +
    'Wenn es so bleibt, sag dem Betreiber des Chats Bescheid.',
  provider_refused: (english) =>
    `${part(english, /^(.*) did not sign/s)} hat dich nicht angemeldet. Bitte beginne noch einmal oder melde dich anders an.`,
  provider_setup: (english) =>
    `${part(english, /^(.*) refuses/s)} lehnt diesen Chat ab. Bitte sag dem Betreiber des Chats Bescheid.`,
  openid_invalid: (english) =>
    `Die Antwort von ${part(english, /answer of (.*) could not/s)} ließ sich nicht prüfen. Bitte beginne noch einmal. ` +
    'Wenn es so bleibt, sag dem Betreiber des Chats Bescheid.',
  openid_clock: (english) =>
    `Die Uhren des Chats und von ${part(english, /and of (.*) differ/s)} gehen verschieden. Bitte sag dem Betreiber des Chats Bescheid.`,
  identity_refused: (english) =>
    `Dein Konto bei ${part(english, /account of (.*) may not/s)} darf diesen Chat nicht verwenden. Bitte den Betreiber um Zugang.`,
  identity_taken: sentence('Ein anderes Konto hier ist schon damit verknüpft.'),
  other_identity: sentence('Das ist hier nicht mit deinem Konto verknüpft.'),
  no_account: sentence(
    'Du hast hier noch kein Konto. Bitte den Betreiber um eines, oder melde dich anders an und verknüpfe es unter „Dein Konto“.',
  ),
  forbidden: sentence('Deine Rolle erlaubt das nicht.'),
  last_owner: sentence('Bitte gib zuerst jemand anderem die Rolle „Inhaber“.'),
  too_many_invites: (english) => `Es gibt höchstens ${number(english)} Einladungen zugleich. Bitte widerrufe zuerst eine.`,
  token_unknown: sentence('Dieses Token gilt nicht. Sende den Header Authorization: Bearer TOKEN mit dem Token eines Bots.'),
  bot_unknown: sentence('Diesen Bot gibt es nicht.'),
  too_many_bots: (english) => `Es gibt höchstens ${number(english)} Bots zugleich. Bitte widerrufe zuerst einen.`,
  bot_not_added: sentence('Ein Bot tritt keinem Raum von selbst bei. Bitte ein Mitglied des Raums, ihn hinzuzufügen.'),
  webhook_unknown: sentence('Diesen Webhook gibt es nicht.'),
  too_many_webhooks: (english) => `Es gibt höchstens ${number(english)} Webhooks zugleich. Bitte widerrufe zuerst einen.`,
  banned: (english) => {
    const reason = /Reason: (.*)$/s.exec(english)?.[1];
    return `Du bist hier gesperrt.${reason === undefined ? '' : ` Grund: ${reason}`}`;
  },
  muted: sentence('Die Moderation hat dich stummgeschaltet. Du kannst lesen, aber vorerst nicht schreiben.'),
  slow_mode: sentence('Dieser Raum ist im langsamen Modus. Bitte warte vor der nächsten Nachricht.'),
  message_unknown: sentence('Diese Nachricht gibt es nicht.'),
  deleted: sentence('Diese Nachricht wurde gelöscht.'),
  not_yours: sentence('Nur die Person, von der das ist, kann es ändern.'),
  conflict: sentence('Die Nachricht wurde inzwischen geändert. Bitte sieh sie dir noch einmal an.'),
  bad_emoji: sentence('Bitte wähle ein Emoji.'),
  too_many_reactions: (english) => `Eine Nachricht hat höchstens ${number(english)} verschiedene Emojis.`,
  too_many_pins: (english) => `Ein Raum hat höchstens ${number(english)} angeheftete Nachrichten. Bitte löse zuerst eine.`,
  file_empty: sentence('Diese Datei ist leer. Bitte wähle eine andere.'),
  file_too_large: (english) => `Diese Datei ist zu groß. Eine Datei hat höchstens ${number(english)} MB.`,
  file_unknown: sentence('Diese Datei gibt es nicht, oder du darfst sie nicht lesen.'),
  too_many_files: (english) => `Eine Nachricht hat höchstens ${number(english)} Dateien.`,
  quota: (english) =>
    `Deine Dateien haben ${number(english)} GB, mehr darfst du nicht speichern. Bitte lösche Nachrichten mit Dateien.`,
  image_broken: sentence('Dieses Bild ist nicht lesbar. Bitte wähle ein anderes.'),
  image_too_large: (english) => `Dieses Bild ist zu groß. Ein Bild hat höchstens ${number(english)} Millionen Pixel.`,
  body_too_large: (english) => `Bitte sende weniger: höchstens ${number(english)} KiB.`,
  disk_full: sentence('Der Server hat gerade keinen Platz für Dateien. Bitte versuche es später noch einmal.'),
  room_taken: sentence('Ein Raum heißt schon so. Bitte wähle einen anderen Namen.'),
  room_name_empty: sentence('Bitte gib einen Namen ein, den man sehen kann.'),
  room_name_too_long: (english) => `Bitte wähle einen Namen mit höchstens ${number(english)} Zeichen.`,
  room_name_invalid: sentence('Bitte wähle einen Namen mit Buchstaben oder Ziffern und ohne Steuerzeichen.'),
  topic_too_long: (english) => `Bitte kürze das Thema auf ${number(english)} Zeichen.`,
  room_archived: sentence('Dieser Raum ist archiviert und nimmt nichts Neues an.'),
  not_allowed: sentence('Das geht in diesem Raum nicht.'),
  person_unknown: sentence('Diese Person gibt es nicht.'),
  too_many_people: (english) => `Bitte wähle höchstens ${number(english)} Personen.`,
  too_many_rooms: (english) => `Man kann in höchstens ${number(english)} Räumen sein. Bitte verlasse zuerst einen.`,
  room_unknown: sentence('Diesen Raum gibt es nicht, oder du bist kein Mitglied.'),
  bad_request: (english) => {
    if (english.includes('--webhook-networks')) {
      return 'Der Chat sendet nichts an diese Adresse. Der Betreiber kann das Netz mit --webhook-networks erlauben.';
    }
    if (english.includes('https://example.com/hook')) return 'Verwende eine Adresse wie https://example.com/hook.';
    return 'Der Server hat die Anfrage nicht verstanden. Bitte lade die Seite neu.';
  },
  foreign_origin: sentence(
    'Der Server kennt diese Adresse nicht als seine eigene. Die Administration kann sie mit --origin erlauben.',
  ),
  request_timeout: sentence('Die Anfrage war zu lange unterwegs. Bitte versuche es noch einmal.'),
  too_many_sockets: sentence('Natter ist zu oft offen. Bitte schließe einige Tabs.'),
  rate: sentence('Das war zu schnell. Bitte warte einen Moment.'),
  busy: sentence('Der Server ist beschäftigt. Bitte versuche es gleich noch einmal.'),
  storage: sentence('Der Server kann gerade nichts speichern. Bitte versuche es später noch einmal.'),
  internal: sentence('Auf dem Server ist ein Fehler aufgetreten.'),
};
