import { PUBLISHED } from '../../../scenario/compare.ts';
import type { Both } from '../../../scene/compare/pairs.ts';
import { type Score, type Shift, scoresAt, shiftsAt } from '../../../scene/compare/scores.ts';
import { bytesText, figure, lengthText } from '../../../scene/metrics/words.ts';
import { numberText } from '../../../scene/words.ts';
import { actDone } from '../../../store/act-words.ts';
import { usePage, useSummary } from '../../hooks/page.ts';
import { Simulated } from '../../kit/simulated.tsx';
import styles from './compare.module.css';

type Sides<T> = Readonly<Record<'aurora' | 'mysql', T>>;

interface BoardProps {
  both(): Both;
  /** Messages in a row before the commit shown was answered; null while none is shown. */
  readonly hops: Sides<number | null>;
}

const some = (value: number | null, text: (value: number) => string): string =>
  value === null ? '–' : text(value);

/** What a row counts: in short, and what to say before or after that where there is room. */
interface RowName {
  readonly before?: string;
  readonly short: string;
  readonly after?: string;
}

const IOS: RowName = { short: 'I/Os sent a commit', after: ' by the database node' };
const STORED_IOS: RowName = {
  before: 'I/Os ',
  short: 'stored, all copies',
  after: ', a commit',
};

const ROWS: readonly (readonly [RowName | string, (score: Score) => string])[] = [
  ['Commit p50', ({ p50Us }) => some(p50Us, lengthText)],
  ['Commit p99', ({ p99Us }) => some(p99Us, lengthText)],
  [IOS, ({ ios }) => some(ios, figure)],
  [STORED_IOS, ({ storedIos }) => some(storedIos, figure)],
  ['Bytes a commit', ({ bytes }) => some(bytes, bytesText)],
  ['Commits', ({ commits, isPart }) => `${isPart ? '≥ ' : ''}${numberText(commits)}`],
  ['Last recovery', ({ recoveryUs }) => some(recoveryUs, lengthText)],
];

/** Both systems over the run so far, figure by figure. */
export function Board({ both, hops }: BoardProps) {
  const nowUs = useSummary((summary) => summary.shownUs);
  const { aurora, mysql } = scoresAt(both(), nowUs);
  return (
    <table className={styles['board']} aria-label="Both systems over the run so far">
      <thead>
        <tr>
          <th scope="col">Aurora</th>
          <td>
            <Simulated />
          </td>
          <th scope="col">MySQL</th>
        </tr>
      </thead>
      <tbody>
        <BoardRow
          name="Hops in a row"
          aurora={some(hops.aurora, String)}
          mysql={some(hops.mysql, String)}
        />
        {ROWS.map(([name, text]) => (
          <BoardRow key={shortOf(name)} name={name} aurora={text(aurora)} mysql={text(mysql)} />
        ))}
      </tbody>
    </table>
  );
}

const shortOf = (name: RowName | string): string => (typeof name === 'string' ? name : name.short);

function BoardRow({ name, aurora, mysql }: Sides<string> & { readonly name: RowName | string }) {
  const { before = '', after = '' } = typeof name === 'string' ? {} : name;
  return (
    <tr>
      <td>{aurora}</td>
      <th scope="row" title={before || after ? before + shortOf(name) + after : undefined}>
        {before ? <span className={styles['more']}>{before}</span> : null}
        {shortOf(name)}
        {after ? <span className={styles['more']}>{after}</span> : null}
        <span className="visually-hidden">, simulated</span>
      </th>
      <td>{mysql}</td>
    </tr>
  );
}

const FAULTS = ['crash', 'crash-zone', 'slow', 'lose', 'isolate'];

/** How the median commit has changed since the last fault, and, clearly apart, what was published. */
export function Footer({ both }: Pick<BoardProps, 'both'>) {
  return (
    <div className={styles['footer']}>
      <SinceFault both={both} />
      <Published />
    </div>
  );
}

function SinceFault({ both }: Pick<BoardProps, 'both'>) {
  const { player } = usePage();
  const nowUs = useSummary((summary) => summary.shownUs);
  const last = player
    .run()
    .interventions.findLast(
      ({ act, at }) =>
        at.timeUs <= nowUs && FAULTS.includes(act.op) && (!('on' in act) || act.on === true),
    );
  if (!last)
    return (
      <p className={styles['since']}>
        Slow a disk, take a zone down or crash the database: here stands what became of the median
        commit.
      </p>
    );
  const { timeUs } = last.at;
  const { aurora, mysql } = shiftsAt(both(), timeUs, nowUs);
  const done = actDone(last.act, timeUs, player.writerAt(last.at));
  return (
    <p className={styles['since']}>
      {done}. The median commit before and since: <b>Aurora {shiftText(aurora)}</b>,{' '}
      <b>MySQL {shiftText(mysql)}</b> <Simulated />
    </p>
  );
}

const shiftText = ({ beforeUs, sinceUs }: Shift): string =>
  `${some(beforeUs, lengthText)} → ${sinceUs === null ? 'none yet' : lengthText(sinceUs)}`;

/** The paper's own measurement: on real machines, under a load that is not ours. */
function Published() {
  const { aurora, mysql, source } = PUBLISHED;
  return (
    <table className={styles['published']}>
      <caption>
        <b>Published</b> ({source}): SysBench write-only, 30 min, I/Os at the database node under
        full load: each of Aurora’s six copies counted, MySQL’s mirrors and standby not
      </caption>
      <thead>
        <tr>
          <td />
          {['Transactions', 'I/Os each'].map((head) => (
            <th key={head} scope="col">
              {head} <small>published</small>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {(
          [
            ['Aurora with replicas', aurora],
            ['Mirrored MySQL', mysql],
          ] as const
        ).map(([name, { transactions, iosPerTransaction }]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{numberText(transactions)}</td>
            <td>{iosPerTransaction}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
