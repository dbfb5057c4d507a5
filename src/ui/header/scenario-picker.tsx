import { openingOf } from '../../scenario/openings.ts';
import { usePage, useSummary } from '../hooks/page.ts';
import styles from './header.module.css';

/**
 * Where the run starts from. Choosing one begins it anew: a demonstration with its own seed and script
 * where it opens, any other with the present seed.
 */
export function ScenarioPicker() {
  const { player } = usePage();
  const current = useSummary((summary) => summary.scenarioId);
  const presets = player.scenarios();
  const { scenario, seed } = player.run();
  const known = presets.some(({ id }) => id === current);
  const choose = (id: string): void => {
    const chosen = openingOf(id);
    if (chosen === undefined) return;
    const { run, at } = chosen;
    player.open(run.interventions.length > 0 ? run : { ...run, seed }, at);
  };
  return (
    <label className={styles['scenario']} title={scenario.says}>
      <span className="visually-hidden">Scenario</span>
      <select value={current} onChange={({ target }) => choose(target.value)}>
        {known ? null : <option value={current}>{scenario.title}</option>}
        {presets.map(({ id, title, says }) => (
          <option key={id} value={id} title={says}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
