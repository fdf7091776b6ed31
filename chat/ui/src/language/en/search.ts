import { plural } from '../plural';

/** The search and its page. */
export const search = {
  search: {
    badDay: (filter: string) => `${filter}: needs a day such as 2026-03-31, today or yesterday.`,
    badHas: (value: string) => `has: knows file, image and link, not “${value}”.`,
    count: (count: number) => plural(count, { one: '# message', other: '# messages' }),
    countOrMore: (count: number) => plural(count, { one: '# or more message', other: '# or more messages' }),
    filters: {
      'from:': 'From a person',
      'in:': 'In a room',
      'after:': 'From a day on',
      'before:': 'Before a day',
      'has:image': 'Images',
      'has:file': 'Files',
      'has:link': 'Links',
    },
    filtersLabel: 'Filters',
    help: 'Parts of words are enough. Filters:',
    noPerson: (name: string) => `There is no person named “${name}”.`,
    noRoom: (name: string) => `You are in no room named “${name}”.`,
    none: 'Nothing found',
    noneHelp: 'Try fewer or shorter words, or take a filter away. Parts of words are enough.',
    older: 'Older results',
    results: 'Results',
    searching: 'Searching',
    title: 'Search your rooms',
    words: 'Search messages',
  },
};
