/** What was there goes as what is there now comes. */
const FADE_MS = 120;

export interface CrossFade {
  /** What the canvases show now goes away above whatever they are painted with next. */
  begin(canvases: readonly HTMLCanvasElement[]): void;
  destroy(): void;
}

/** Fades between two pictures without a single frame of ours: the browser does it by itself. */
export function createCrossFade(): CrossFade {
  let before: HTMLCanvasElement | null = null;
  let fading: Animation | null = null;
  const end = (): void => {
    fading?.cancel();
    fading = null;
    before?.remove();
    before = null;
  };
  return {
    begin(canvases) {
      end();
      const [lowest] = canvases;
      const copy = document.createElement('canvas');
      const context = copy.getContext('2d');
      if (!lowest || !context) return;
      copy.width = lowest.width;
      copy.height = lowest.height;
      copy.dataset['layer'] = 'before';
      copy.setAttribute('aria-hidden', 'true');
      copy.style.cssText = lowest.style.cssText;
      for (const canvas of canvases) context.drawImage(canvas, 0, 0);
      lowest.parentElement?.append(copy);
      before = copy;
      fading = copy.animate([{ opacity: 1 }, { opacity: 0 }], { duration: FADE_MS });
      fading.onfinish = end;
    },
    destroy: end,
  };
}
