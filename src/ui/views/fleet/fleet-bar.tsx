import { Maximize, Search, ZoomIn, ZoomOut } from 'lucide-react';
import { type FormEvent, type RefObject, useState } from 'react';
import { unscalable } from '../../../history/fleet-at-scale.ts';
import { SCALES } from '../../../history/fleet-scales.ts';
import type { Camera } from '../../../render/camera.ts';
import { MATRIX_GROUPS } from '../../../scene/fleet/matrix.ts';
import { numberText, plural } from '../../../scene/words.ts';
import type { FleetForm, FleetScale } from '../../../store/app-store.ts';
import { useApp, useView } from '../../hooks/page.ts';
import { Button, IconButton } from '../../kit/button.tsx';
import styles from './fleet.module.css';

interface FleetBarProps {
  readonly scale: FleetScale;
  readonly form: FleetForm;
  readonly size: number;
  readonly camera: RefObject<Camera | null>;
  onScale(scale: FleetScale): void;
  onForm(form: FleetForm): void;
  /** Goes to a group or a node; false when there is no such thing. */
  onSeek(text: string): boolean;
}

/** How much of the volume, in which form, and where to. */
export function FleetBar({ scale, form, size, camera, onScale, onForm, onSeek }: FleetBarProps) {
  const toast = useApp((state) => state.toast);
  const tooMany = size > MATRIX_GROUPS;
  const toMatrix = (): void => {
    if (tooMany) {
      const why = `The matrix has room for ${MATRIX_GROUPS} groups; this volume has ${numberText(size)}.`;
      toast(why, { tone: 'problem' });
    } else onForm('matrix');
  };
  return (
    <div className={styles['bar']}>
      <ScaleSelect scale={scale} onScale={onScale} />
      <div className={styles['forms']} role="group" aria-label="Form">
        <Button aria-pressed={form === 'comb'} onClick={() => onForm('comb')}>
          Honeycomb
        </Button>
        <Button aria-pressed={form === 'matrix'} aria-disabled={tooMany} onClick={toMatrix}>
          Nodes × groups
        </Button>
      </div>
      <SeekBox onSeek={onSeek} />
      {form === 'comb' ? (
        <div className={styles['zoom']} role="group" aria-label="Zoom">
          <IconButton label="Closer" icon={ZoomIn} onClick={() => camera.current?.zoomIn()} />
          <IconButton
            label="Further away"
            icon={ZoomOut}
            onClick={() => camera.current?.zoomOut()}
          />
          <IconButton label="All of it" icon={Maximize} onClick={() => camera.current?.fit()} />
        </div>
      ) : null}
    </div>
  );
}

function ScaleSelect({ scale, onScale }: Pick<FleetBarProps, 'scale' | 'onScale'>) {
  const view = useView();
  const blocked = view && unscalable(view);
  return (
    <label title={blocked ?? undefined}>
      <span className="visually-hidden">Size of the volume</span>
      <select
        value={scale}
        onChange={({ target: { value } }) => onScale(value === 'live' ? 'live' : Number(value))}
      >
        <option value="live">{`This run: ${plural(view?.groups.length ?? 0, 'group')}`}</option>
        <optgroup label="Extrapolated, not simulated group by group">
          {SCALES.map(({ groups, size }) => (
            <option key={groups} value={groups} disabled={blocked !== null}>
              {`${numberText(groups)} groups: ${size}`}
            </option>
          ))}
        </optgroup>
      </select>
    </label>
  );
}

function SeekBox({ onSeek }: Pick<FleetBarProps, 'onSeek'>) {
  const toast = useApp((state) => state.toast);
  const [text, setText] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!text.trim() || onSeek(text)) return;
    toast(`There is no group and no node called ${text.trim()} here. Try PG 2 or A1.`, {
      tone: 'problem',
    });
  };
  return (
    <form
      className={styles['seek']}
      role="search"
      aria-label="Find a group or node"
      onSubmit={submit}
    >
      <Search aria-hidden="true" />
      <input
        type="search"
        aria-label="Group or node"
        placeholder="PG 2, A1"
        value={text}
        onChange={({ target: { value } }) => setText(value)}
      />
    </form>
  );
}
