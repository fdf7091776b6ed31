// Writes the names of all emoji in a language from the CLDR, for the emoji picker:
//   npm install --no-save emojibase-data@17.0.0 && node scripts/emoji-names.mjs de
// A line of src/language/TAG/emoji-names.txt is an emoji, its name, and further words for the search.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gemoji } from 'gemoji';

const [tag] = process.argv.slice(2);
if (!tag) throw new Error('Name the tag of a language, such as de.');
const path = (file) => fileURLToPath(new URL(`../${file}`, import.meta.url));
const all = JSON.parse(readFileSync(path(`node_modules/emojibase-data/${tag}/compact.json`), 'utf8'));

/** The emoji without the mark that it is drawn in colour, which the lists set in different places. */
const plain = (emoji) => emoji.replaceAll('\ufe0f', '');
const known = new Map(all.map((each) => [plain(each.unicode), each]));
/** Words of the whole list that name nothing to search for. */
const SHORT = 3;

const lines = gemoji.flatMap(({ emoji }) => {
  const found = known.get(plain(emoji));
  if (!found) return [];
  const { label, tags = [] } = found;
  const inLabel = label.toLowerCase();
  // The search finds the words of the name, and words that begin with another one.
  const words = [...new Set(tags.flatMap((each) => each.toLowerCase().split(/[\s|]+/)))]
    .filter((word) => word.length >= SHORT && !inLabel.includes(word))
    .sort()
    .filter((word, at, list) => !list[at + 1]?.startsWith(word));
  return [[emoji, label, ...(words.length > 0 ? [words.join(' ')] : [])].join('\t')];
});
writeFileSync(path(`src/language/${tag}/emoji-names.txt`), `${lines.join('\n')}\n`);
console.log(`${lines.length} of ${gemoji.length} emoji have a name`);
