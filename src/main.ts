import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './ui/base.css';
import { start } from './ui/start.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');
start(root);
