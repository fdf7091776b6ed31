// Finds texts for people in the code, which belong into the catalogues of `src/language`.
import { readFileSync } from 'node:fs';
import { parseSync } from 'vite';

/** Attributes that people read or hear. */
const READ = /^(aria-label|aria-description|aria-roledescription|aria-valuetext|title|placeholder|alt|label|action|lead|text)$/;
/** Names of things, which are the same in all languages. */
const SAME = new Set(['Natter', 'Esc', 'room', 'Smileys & Emotion', 'username webauthn']);
/** Names of keys; `keys.names` of a catalogue translates them. */
const KEYS = /^(Ctrl|Shift|Alt|Enter|Esc|Tab|Del|F\d+|\S)( (Ctrl|Shift|Alt|Enter|Esc|Tab|Del|F\d+|\S))*$/;
/** Files with lists of words that nobody reads. */
const LISTS = /\/(highlight|text)\//;

/** A sentence or, in a component, a word with a capital letter. */
const looksLikeText = (value, component) =>
  /^\p{Lu}\p{Ll}+(?:[ ,.:].*)? \p{L}/u.test(value) || (component && (/^\p{Lu}\p{Ll}+…?$/u.test(value) || /\p{Ll}{2,} \p{Ll}{2,}/u.test(value)));

/** The texts of a file, with their lines. */
export function literalTexts(path) {
  if (LISTS.test(path)) return [];
  const source = readFileSync(path, 'utf8');
  const component = path.endsWith('.tsx');
  const found = [];
  const add = (node, text) => {
    if (/\p{L}/u.test(text) && !SAME.has(text) && !KEYS.test(text)) found.push({ line: source.slice(0, node.start).split('\n').length, text });
  };
  const visit = (node) => {
    if (Array.isArray(node)) node.forEach(visit);
    if (typeof node?.type !== 'string') return;
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ImportExpression':
      case 'TSLiteralType':
        return;
      case 'JSXText':
        return add(node, node.value.trim());
      case 'JSXElement':
        // Examples of what to type.
        if (node.openingElement.name.name === 'code') return;
        break;
      case 'JSXAttribute': {
        const { value } = node;
        if (READ.test(node.name.name) && value?.type === 'Literal') return add(node, value.value);
        if (!READ.test(node.name.name) && (value?.type === 'Literal' || node.name.name === 'class')) return;
        break;
      }
      case 'Literal':
        if (typeof node.value === 'string' && looksLikeText(node.value, component)) add(node, node.value);
        return;
      case 'TemplateElement':
        if (looksLikeText(node.value.raw.trim(), component)) add(node, node.value.raw);
        return;
      case 'NewExpression':
        // Errors are for the people who write the code.
        if (/Error$/.test(node.callee.name ?? '')) return;
        break;
      case 'BinaryExpression':
        // Keys and kinds are compared, texts are not.
        if (/^([!=]==|in)$/.test(node.operator)) return [node.left, node.right].filter(({ type }) => type !== 'Literal').forEach(visit);
        break;
      case 'SwitchCase':
        return visit(node.consequent);
      case 'Property':
        return visit(node.value);
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'type' && typeof child === 'object') visit(child);
  };
  visit(parseSync(path, source).program);
  return found;
}
