import type { Selection } from './app-store.ts';

/** A picture that can be looked at more closely; the view in sight offers itself as one. */
export interface Zoomable {
  zoomIn(): void;
  zoomOut(): void;
  /** All of it, or as much as it shows by itself. */
  fit(): void;
  /** Brings a thing close; again, shows all. False where the picture does not have it. */
  show?(selection: Selection): boolean;
}
