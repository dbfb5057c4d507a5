import type { Slice } from './slice.ts';

/** The one action a toast may offer. */
type ToastAction = 'undo' | 'switch back';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'done' | 'problem';
  readonly action: ToastAction | null;
  /** Sentences for whoever wants to know more. */
  readonly details: readonly string[];
}

interface ToastOptions {
  readonly tone?: Toast['tone'];
  readonly action?: ToastAction | null;
  readonly details?: readonly string[];
}

/** How long a toast stays unless pointed at or focused, in seconds in which the page answered. */
export const TOAST_SECONDS = 6;
const MOST_TOASTS = 3;

/** Short sentences about what was just done. Who shows them takes them away after `TOAST_SECONDS`. */
export interface ToastSlice {
  readonly toasts: readonly Toast[];
  toast(text: string, more?: ToastOptions): void;
  dismissToast(id: number): void;
  /** Takes away toasts whose action no longer fits, as after an undo by key. */
  dismissActions(): void;
}

export const toastSlice: Slice<ToastSlice> = (set, get) => {
  let next = 1;
  return {
    toasts: [],
    toast: (text, { tone = 'done', action = null, details = [] } = {}) => {
      const toast: Toast = { id: next++, text, tone, action, details };
      // Only the newest action can be meant by "Undo".
      const others = get().toasts.filter((t) => action === null || t.action === null);
      set({ toasts: [...others, toast].slice(-MOST_TOASTS) });
    },
    dismissToast: (id) => set({ toasts: get().toasts.filter((t) => t.id !== id) }),
    dismissActions: () => set({ toasts: get().toasts.filter((t) => t.action === null) }),
  };
};
