import { type Entry, GLOSSARY } from '../../stories/glossary.ts';
import styles from './about.module.css';
import { Dialog } from './dialog.tsx';

const SIMPLIFIED: readonly string[] = [
  'Pages hold about eight rows, and a few of them stand for the 10 GB of a protection group.',
  'Delays are drawn from tables made to match published measurements; they are not measurements.',
  'Most demonstrations notice failures ten times as fast as the default setting, so that one can wait for it.',
  'Record numbers count records, and the writer may number 1,000 ahead of what is durable; Aurora counts 10 million.',
  'All six copies keep pages by default; the 2018 paper has three that keep the log only, which is a setting here.',
  'A segment has few records and pages, but copying one takes as long as copying its nominal 10 GB.',
  'The metadata service and the backup store are single actors that can be out of reach but lose nothing.',
  'SQL is a small part of MySQL’s: one table at a time, no joins.',
];

const WORDS: readonly Entry[] = Object.values(GLOSSARY);

/** What this is, what it leaves out, and that it is nobody’s official word. */
export function About() {
  return (
    <Dialog title="About Redoscope">
      <p>
        Redoscope runs the distributed storage of Amazon Aurora as a simulation inside this page.
        The same run gives the same events in every browser, so a link shows everybody the same
        moment. Nothing leaves your browser.
      </p>
      <p>
        Rules follow the papers of SIGMOD 2017 and 2018; each event names the section it rests on.
        Where the papers are silent or disagree, a rule of ours stands in, and says so. Numbers on
        screen are <em>simulated</em> unless they are marked as <em>published</em> with a source.
      </p>
      <p>
        What the story shows is also <a href="./transcript.html">written down as one page</a>, with
        pictures of every step, to read without running anything.
      </p>
      <section className={styles['simplified']}>
        <h3>Simplified</h3>
        <ul>
          {SIMPLIFIED.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      </section>
      <section className={styles['words']}>
        <h3>Words</h3>
        <dl>
          {WORDS.map(({ term, acronym, says }) => (
            <div key={term}>
              <dt>
                {term}
                {acronym ? <abbr> {acronym}</abbr> : null}
              </dt>
              <dd>{says}</dd>
            </div>
          ))}
        </dl>
      </section>
      <p className={styles['notice']}>
        Not affiliated with, endorsed by or checked by Amazon Web Services. “Amazon Aurora” is a
        trademark of its owner.
      </p>
    </Dialog>
  );
}
