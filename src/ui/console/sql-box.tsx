import { CornerDownLeft } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useRef } from 'react';
import type { InstanceView } from '../../protocol/view.ts';
import type { ConsoleSession } from '../../store/app-store.ts';
import { usePage, useView } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';
import styles from './console.module.css';

/** Where SQL is typed. Enter runs it, Shift+Enter makes a new line, the up arrow brings back what was. */
export function SqlBox({ session }: { readonly session: ConsoleSession }) {
  const { store, console } = usePage();
  const recall = useRecall(session);
  const { id, draft } = session;

  const submit = (event?: FormEvent): void => {
    event?.preventDefault();
    if (draft.trim() !== '') void console.run(id);
    recall.reset();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      submit();
    } else if (recall.move(event)) event.preventDefault();
  };

  return (
    <form className={styles['box']} onSubmit={submit}>
      <label>
        <span className="visually-hidden">SQL</span>
        <textarea
          rows={3}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          placeholder="SELECT * FROM orders WHERE id = 1010"
          value={draft}
          onChange={({ target }) => store.getState().setDraft(id, target.value)}
          onKeyDown={onKeyDown}
        />
      </label>
      <div className={styles['send']}>
        <Endpoint session={session} />
        <Button kind="primary" icon={CornerDownLeft} submits aria-disabled={draft.trim() === ''}>
          Run
        </Button>
      </div>
    </form>
  );
}

const nameOf = (id: string, role: InstanceView['role']): string => {
  if (role === 'replica') return `replica ${id}`;
  return role === 'zombie' ? `${id}, shut out` : `${id}, the writer`;
};

function Endpoint({ session }: { readonly session: ConsoleSession }) {
  const { store } = usePage();
  const view = useView();
  return (
    <label className={styles['endpoint']}>
      <span>At</span>
      <select
        value={session.endpoint}
        onChange={({ target }) => store.getState().setEndpoint(session.id, target.value)}
      >
        <option value="cluster">writer endpoint</option>
        {(view?.instances ?? []).map(({ id, role, state }) => (
          <option key={id} value={id}>
            {nameOf(id, role)}
            {state === 'open' ? '' : ` (${state})`}
          </option>
        ))}
        {view?.restored ? <option value="restored">restored volume</option> : null}
      </select>
    </label>
  );
}

/** Walks through what was typed before, without losing what is being typed now. */
function useRecall({ id, draft, history }: ConsoleSession) {
  const { store } = usePage();
  const at = useRef<number | null>(null);
  const unsent = useRef('');

  const show = (index: number): void => {
    if (at.current === null) unsent.current = draft;
    at.current = index < history.length ? index : null;
    store.getState().setDraft(id, history[index]?.text ?? unsent.current);
  };
  const move = ({ key, currentTarget }: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    const { selectionStart, selectionEnd, value } = currentTarget;
    const oneLine = !value.includes('\n');
    const here = at.current ?? history.length;
    if (key === 'ArrowUp' && here > 0 && (oneLine || selectionEnd === 0)) show(here - 1);
    else if (
      key === 'ArrowDown' &&
      at.current !== null &&
      (oneLine || selectionStart === value.length)
    )
      show(here + 1);
    else return false;
    return true;
  };
  return { move, reset: () => (at.current = null) };
}
