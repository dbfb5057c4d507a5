/** The panels around the stage: one piece of code that comes right after the first picture. */
export { Console } from './console/console.tsx';
export { Events } from './events/events.tsx';
export { Inspector } from './inspector/inspector.tsx';
