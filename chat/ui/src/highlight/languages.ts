/** The highlighter's description of a language. */
export interface Language {
  /** Begins a comment that ends with the line. */
  readonly line: readonly string[];
  /** Begins and ends a comment of several lines. */
  readonly block?: readonly [begin: string, end: string];
  readonly quotes: string;
  /** Quotes whose text goes over several lines. */
  readonly long?: readonly string[];
  readonly words: ReadonlySet<string>;
  readonly anyCase?: boolean;
  /** Tags and attributes stand between < and >. */
  readonly markup?: boolean;
  /** Each line is an added, a removed or another line. */
  readonly diff?: boolean;
}

const words = (text: string) => new Set(text.split(' '));
const SLASHES = { line: ['//'], block: ['/*', '*/'] } as const;
const HASH = { line: ['#'] } as const;

const C_WORDS =
  'auto break case char const constexpr continue default delete do double else enum extern false float for goto ' +
  'if inline int long namespace new noexcept null nullptr operator override private protected public register ' +
  'return short signed sizeof static struct switch template this throw true try catch typedef typename union ' +
  'unsigned using virtual void volatile while bool class size_t NULL';

const javascript: Language = {
  ...SLASHES,
  quotes: '\'"',
  long: ['`'],
  words: words(
    'abstract any as async await boolean break case catch class const continue declare default delete do else ' +
      'enum export extends false finally for from function get if implements import in infer instanceof interface ' +
      'is keyof let namespace never new null number object of private protected public readonly return satisfies ' +
      'set static string super switch symbol this throw true try type typeof undefined unknown var void while with ' +
      'yield',
  ),
};

const java: Language = {
  ...SLASHES,
  quotes: '\'"',
  long: ['"""'],
  words: words(
    'abstract assert boolean break byte case catch char class const continue default do double else enum exports ' +
      'extends false final finally float for if implements import instanceof int interface long module native new ' +
      'non-sealed null open package permits private protected public record requires return sealed short static ' +
      'strictfp super switch synchronized this throw throws transient true try var void volatile when while yield ' +
      'fun val object override data companion suspend',
  ),
};

const python: Language = {
  ...HASH,
  quotes: '\'"',
  long: ['"""', "'''"],
  words: words(
    'False None True and as assert async await break case class continue def del elif else except finally for ' +
      'from global if import in is lambda match nonlocal not or pass raise return self try while with yield',
  ),
};

const go: Language = {
  ...SLASHES,
  quotes: '\'"',
  long: ['`'],
  words: words(
    'any bool break byte case chan const continue default defer else error fallthrough false float32 float64 for ' +
      'func go goto if import int int32 int64 interface iota map nil package range return rune select string struct ' +
      'switch true type uint var',
  ),
};

const rust: Language = {
  ...SLASHES,
  quotes: '"',
  words: words(
    'as async await bool break const continue crate dyn else enum extern false fn for i32 i64 if impl in let loop ' +
      'match mod move mut pub ref return self Self static str String struct super trait true type u32 u64 u8 unsafe ' +
      'use usize where while Option Result Some None Ok Err',
  ),
};

const shell: Language = {
  ...HASH,
  quotes: '\'"',
  words: words(
    'alias case cd do done echo elif else esac exit export fi for function if in local read return select set ' +
      'shift source sudo then unset until while',
  ),
};

const sql: Language = {
  line: ['--'],
  block: ['/*', '*/'],
  quotes: '\'"',
  anyCase: true,
  words: words(
    'add all alter and as asc begin between bigint by case check column commit constraint create cross default ' +
      'delete desc distinct drop else end exists foreign from full group having if in index inner insert integer ' +
      'into is join key left like limit not null on or order outer primary references returning right rollback ' +
      'select set table text then transaction union unique update using values varchar view when where with',
  ),
};

const json: Language = { ...SLASHES, quotes: '"', words: words('true false null') };
const yaml: Language = { ...HASH, quotes: '\'"', words: words('true false null yes no on off') };
const css: Language = {
  line: [],
  block: ['/*', '*/'],
  quotes: '\'"',
  words: words('important media supports layer container keyframes from to root hover focus not is where has'),
};
const html: Language = { line: [], block: ['<!--', '-->'], quotes: '\'"', words: words(''), markup: true };
const c: Language = { ...SLASHES, quotes: '\'"', words: words(C_WORDS) };
const csharp: Language = {
  ...SLASHES,
  quotes: '\'"',
  words: words(
    `${C_WORDS} abstract as async await base decimal delegate event foreach get in internal is object out params partial readonly record ref sealed set string var`,
  ),
};
const diff: Language = { line: [], quotes: '', words: words(''), diff: true };

const LANGUAGES: Readonly<Record<string, Language>> = {
  c, cpp: c, 'c++': c, h: c, hpp: c, cs: csharp, csharp, 'c#': csharp,
  css, scss: css, diff, patch: diff, go, golang: go, html, xml: html, svg: html, vue: html,
  java, kotlin: java, kt: java, groovy: java, scala: java,
  js: javascript, javascript, jsx: javascript, mjs: javascript, ts: javascript, typescript: javascript, tsx: javascript,
  json, json5: json, jsonc: json, py: python, python, rb: shell, rs: rust, rust,
  bash: shell, sh: shell, shell, zsh: shell, console: shell, dockerfile: shell, make: shell, makefile: shell,
  sql, postgres: sql, sqlite: sql, toml: yaml, ini: yaml, properties: yaml, yaml, yml: yaml,
}; // prettier-ignore

export function languageOf(name: string): Language | undefined {
  return Object.hasOwn(LANGUAGES, name.toLowerCase()) ? LANGUAGES[name.toLowerCase()] : undefined;
}
