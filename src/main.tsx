import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './ui/base.css';
import { mount } from './ui/mount.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');
mount(root);
