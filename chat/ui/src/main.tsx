import { render } from 'preact';
import { watchAttention } from './app/attention';
import { showTheme } from './app/local';
import { start } from './app/natter';
import { App } from './shell/App';
import { fitKeyboard } from './shell/viewport';
import './look/tokens.css';
import './look/base.css';

showTheme();
watchAttention();
fitKeyboard();
const place = document.getElementById('app');
if (place) render(<App />, place);
void start();
