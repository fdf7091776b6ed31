// The base first: what comes later refines it.
import './look/tokens.css';
import './look/base.css';
import { render } from 'preact';
import { watchAttention } from './app/attention';
import { showTheme } from './app/local';
import { start } from './app/natter';
import { App } from './shell/App';
import { fitKeyboard } from './shell/viewport';

showTheme();
watchAttention();
fitKeyboard();
const place = document.getElementById('app');
if (place) render(<App />, place);
void start();
