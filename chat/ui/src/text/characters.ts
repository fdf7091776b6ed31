/** The characters inside an address, and the characters around it. */

/** An address ends at spaces, controls, bidi marks, invisible characters, quotes, CJK punctuation and brackets. */
const ENDS =
  /[\s\p{Z}\p{C}\p{Default_Ignorable_Code_Point}<>"`“”„‟«»‹›\u2800\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3b\uff3d\uff5b\uff5d\uff5f-\uff64]/u;
/** Scripts without spaces between words. An address may follow them directly. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Invisible characters, which separate nothing for a reader. */
const UNSEEN = /(?![\t-\r])[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;
const WORD = /[\p{L}\p{N}\p{M}_]/u;

/** Characters that end a sentence, and open brackets. An address does not end with them. */
const TRAILING = '.,;:!?\'’‘…([{';
/** An address without a scheme may begin after these. */
const BEFORE = '([{\'‘’,;|*!';
const LETTERS_AND_DIGITS = /^[A-Za-z0-9]$/;

const ascii = (test: (c: string) => boolean) => Array.from({ length: 128 }, (_, code) => test(String.fromCharCode(code)));
const ASCII_ENDS = ascii((c) => ENDS.test(c));
const ASCII_NAME = ascii((c) => LETTERS_AND_DIGITS.test(c) || '._%+-'.includes(c));

/** The characters are whole code points, or '' for the edge of the text. */
export const endsAddress = (c: string) => (c.length === 1 ? (ASCII_ENDS[c.charCodeAt(0)] ?? ENDS.test(c)) : ENDS.test(c));
export const trailing = (c: string) => TRAILING.includes(c);
/** Part of a host name, or of the local part of a mail address. */
export const inName = (c: string) => c.length === 1 && ASCII_NAME[c.charCodeAt(0)] === true;
/** A word that runs into `http://` makes it no address. */
export const inWord = (c: string) => WORD.test(c) && !UNSPACED.test(c);
/** May an address without a scheme follow this character? */
export const apart = (c: string) => !UNSEEN.test(c) && (c < '\u0080' ? c === '' || BEFORE.includes(c) || endsAddress(c) : !inWord(c));

/**
 * Nothing in the text draws anything: spaces, controls, format characters, variation selectors, fillers. Text that
 * holds at least one other character is worth sending.
 */
export const drawsNothing = (text: string) => /^[\s\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]*$/u.test(text);
