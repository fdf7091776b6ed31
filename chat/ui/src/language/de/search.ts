import type { search as English } from '../en/search';
import { plural } from '../plural';

export const search: typeof English = {
  search: {
    badDay: (filter) => `${filter}: braucht einen Tag wie 2026-03-31, heute oder gestern.`,
    badHas: (value) => `has: kennt file, image und link, nicht „${value}“.`,
    count: (count) => plural(count, { one: '# Nachricht', other: '# Nachrichten' }),
    countOrMore: (count) => plural(count, { one: '# Nachricht oder mehr', other: '# oder mehr Nachrichten' }),
    filters: {
      'from:': 'Von einer Person',
      'in:': 'In einem Raum',
      'after:': 'Ab einem Tag',
      'before:': 'Vor einem Tag',
      'has:image': 'Bilder',
      'has:file': 'Dateien',
      'has:link': 'Links',
    },
    filtersLabel: 'Filter',
    help: 'Teile von Wörtern genügen. Filter:',
    noPerson: (name) => `Niemand heißt „${name}“.`,
    noRoom: (name) => `Du bist in keinem Raum namens „${name}“.`,
    none: 'Nichts gefunden',
    noneHelp: 'Versuche es mit weniger oder kürzeren Wörtern oder nimm einen Filter weg. Teile von Wörtern genügen.',
    older: 'Ältere Treffer',
    results: 'Treffer',
    searching: 'Die Suche läuft',
    title: 'Durchsuche deine Räume',
    words: 'Nachrichten durchsuchen',
  },
};
