import { useEffect } from 'react';
import type { App } from '../../store/app.ts';
import { tellAdjusted } from '../../store/link.ts';
import { downloadText } from '../export/download.ts';
import { usePage } from '../hooks/page.ts';

/** Opens a scenario file, or says in a sentence why it cannot be opened. */
async function openFile({ player, store }: App, file: File): Promise<void> {
  const { toast, setLinkProblem } = store.getState();
  // Only who has a file needs what reads it.
  const { parseFile } = await import('../../scenario/file.ts');
  const opened = parseFile(await file.text());
  if (!opened.ok) {
    toast(opened.problem, { tone: 'problem' });
    return;
  }
  setLinkProblem(null);
  player.open(opened.value.run);
  toast(`Opened ${file.name}`);
  tellAdjusted(store, opened.value.adjusted);
}

async function saveFile({ player }: App): Promise<void> {
  const { printFile } = await import('../../scenario/file.ts');
  const run = player.run();
  const name = `${run.scenario.id}-${run.seed}.json`;
  downloadText(name, printFile(run), 'application/json');
}

/** Runs as files: asked for with a file chooser, handed over as a download. */
export function useScenarioFiles(): { open(): void; save(): void } {
  const page = usePage();
  return {
    open: () => {
      const chooser = document.createElement('input');
      chooser.type = 'file';
      chooser.accept = '.json,application/json';
      chooser.addEventListener('change', () => {
        const [file] = chooser.files ?? [];
        if (file) void openFile(page, file);
      });
      chooser.click();
    },
    save: () => void saveFile(page),
  };
}

/** A scenario file dropped anywhere on the page opens. */
export function useFileDrop(): void {
  const page = usePage();
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      const [file] = event.dataTransfer?.files ?? [];
      if (!file) return;
      event.preventDefault();
      void openFile(page, file);
    };
    addEventListener('dragover', over);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('drop', drop);
    };
  }, [page]);
}
