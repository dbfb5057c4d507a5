import { openScenario } from '../../store/open-scenario.ts';
import { usePage, useSummary } from '../hooks/page.ts';
import styles from './header.module.css';

/** Where the run starts from. Choosing one begins it anew. */
export function ScenarioPicker() {
  const { player } = usePage();
  const current = useSummary((summary) => summary.scenarioId);
  const presets = player.scenarios();
  const { scenario } = player.run();
  const known = presets.some(({ id }) => id === current);
  return (
    <label className={styles['scenario']} title={scenario.says}>
      <span className="visually-hidden">Scenario</span>
      <select value={current} onChange={({ target }) => openScenario(player, target.value)}>
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
