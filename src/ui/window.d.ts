import type { ConsoleApi } from '../store/console-api.ts';

declare global {
  interface Window {
    redoscope?: ConsoleApi;
  }
}
