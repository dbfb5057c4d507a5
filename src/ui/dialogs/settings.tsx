import { PALETTES, type PaletteName, paletteTitles } from '../../scene/palettes.ts';
import type { Motion, Theme, Verbosity } from '../../store/app-store.ts';
import { useApp, usePage } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';
import { Dialog } from './dialog.tsx';
import styles from './settings.module.css';

const THEMES: readonly (readonly [Theme, string])[] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];
const SAYS: Readonly<Record<PaletteName, string>> = {
  aurora: 'chosen to be told apart by everybody',
  'okabe-ito': 'as in many scientific figures',
  tol: 'Paul Tol’s bright scheme',
  monochrome: 'greys; shapes and patterns alone tell kinds and states',
};
const COLOURS = PALETTES.map(
  (palette) => [palette, `${paletteTitles[palette]}: ${SAYS[palette]}`] as const,
);
const LABELS = [
  ['usual', 'All that have room'],
  ['few', 'Few: what is lost or slow, what decides, and what is selected'],
] as const;
const MOTIONS: readonly (readonly [Motion, string])[] = [
  ['system', 'As the system'],
  ['full', 'Full'],
  ['reduced', 'Reduced: still pictures, one beat at a time'],
];
const VERBOSITIES: readonly (readonly [Verbosity, string])[] = [
  ['milestones', 'Milestones'],
  ['every step', 'Every step'],
  ['off', 'Off'],
];

const PACES = [
  ['steady', 'Steady: nothing is skipped'],
  ['guided', 'Guided: stretches in which nothing happens are cut short, and it says so'],
] as const;
const SCALES = [
  ['time', 'By time'],
  ['beats', 'By beats, each as wide as the next'],
] as const;

/** Choices that stay with this browser. */
export function Settings() {
  const { store } = usePage();
  const settings = useApp((state) => state.settings);
  const blocked = useApp((state) => state.storageBlocked);
  const { change, resetLayout } = store.getState();
  return (
    <Dialog title="Settings">
      <Choice
        name="Theme"
        options={THEMES}
        value={settings.theme}
        onChange={(theme) => change({ theme })}
      />
      <Choice
        name="Colours"
        options={COLOURS}
        value={settings.palette}
        onChange={(palette) => change({ palette })}
      />
      <Choice
        name="Labels of messages, in Cluster and Space-time"
        options={LABELS}
        value={settings.labels}
        onChange={(labels) => change({ labels })}
      />
      <Choice
        name="Motion"
        options={MOTIONS}
        value={settings.motion}
        onChange={(motion) => change({ motion })}
      />
      <Choice
        name="Pace of playing"
        options={PACES}
        value={settings.pace}
        onChange={(pace) => change({ pace })}
      />
      <Choice
        name="Timeline"
        options={SCALES}
        value={settings.timeScale}
        onChange={(timeScale) => change({ timeScale })}
      />
      <Choice
        name="Announcements for screen readers"
        options={VERBOSITIES}
        value={settings.verbosity}
        onChange={(verbosity) => change({ verbosity })}
      />
      <label className={styles['option']}>
        <input
          type="checkbox"
          checked={settings.singleKeys}
          onChange={({ target }) => change({ singleKeys: target.checked })}
        />
        Single-key shortcuts
      </label>
      <div>
        <Button onClick={resetLayout}>Reset the layout</Button>
      </div>
      {blocked ? (
        <p className={styles['note']}>
          This browser keeps nothing for this page: settings last until you leave it.
        </p>
      ) : null}
    </Dialog>
  );
}

interface ChoiceProps<T extends string> {
  readonly name: string;
  readonly options: readonly (readonly [T, string])[];
  readonly value: T;
  onChange(value: T): void;
}

function Choice<T extends string>({ name, options, value, onChange }: ChoiceProps<T>) {
  return (
    <fieldset className={styles['choice']}>
      <legend>{name}</legend>
      {options.map(([option, words]) => (
        <label key={option} className={styles['option']}>
          <input
            type="radio"
            name={name}
            checked={option === value}
            onChange={() => onChange(option)}
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
