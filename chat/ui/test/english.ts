import { loadLateTexts, showLanguage } from '../src/language/language';

// The tests expect English texts.
await showLanguage('en', ['en']);
await loadLateTexts();
