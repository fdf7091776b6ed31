/** Finds out whether a word without a scheme is a host name or a part of a mail address. */

/**
 * Only well-known ends, so that file names, versions and forgotten spaces after a full stop stay text. Written in
 * lower case only: "ASP.NET" is a name.
 */
const ENDS = new Set(
  (
    'com org net edu gov mil int info biz io dev app xyz eu uk de fr nl be ch at it es pt ie se dk fi no cz sk hu ro gr bg hr si lt lv ee lu ' +
    'pl tr ua ru il ir in jp cn kr tw hk sg vn au nz za ca us mx br ar cl co'
  ).split(' '),
);
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const LONGEST_HOST = 253;
const LONGEST_LOCAL = 64;

export function isHost(word: string): boolean {
  return isDomain(word) && ENDS.has(word.slice(word.lastIndexOf('.') + 1));
}

/** The part after the @: labels, the last one of letters. */
export function isDomain(word: string): boolean {
  if (word.length > LONGEST_HOST) return false;
  const labels = word.split('.');
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) && /^[a-z]{2,}$/i.test(labels.at(-1) ?? '');
}

/** The part before the @. */
export function isLocal(word: string): boolean {
  return word.length > 0 && word.length <= LONGEST_LOCAL && !word.startsWith('.') && !word.endsWith('.') && !word.includes('..');
}
