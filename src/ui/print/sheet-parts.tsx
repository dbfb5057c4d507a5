import { useLayoutEffect, useRef } from 'react';
import { SLOTS } from '../../protocol/topology.ts';
import type { GroupView } from '../../protocol/view.ts';
import { paintSvg } from '../../render/svg-painter.ts';
import { legendPicture } from '../../scene/legend.ts';
import type { LegendRow } from '../../scene/plate.ts';
import { plural } from '../../scene/words.ts';
import { clockText } from '../../store/clock-text.ts';
import { lsnText } from '../format.ts';
import styles from './print-sheet.module.css';
import type { Printed } from './printed.ts';

/** The sheet from top to bottom. */
export function SheetParts(printed: Printed) {
  const { title, facts, caption, link, picture, groups, otherGroups, beats, legend } = printed;
  return (
    <>
      <h1>{title}</h1>
      <p className={styles['facts']}>{facts.join(' · ')}</p>
      <p className={styles['link']}>{link}</p>
      {picture ? <Picture svg={picture} caption={caption} /> : null}
      <Quorums groups={groups} others={otherGroups} />
      <section>
        <h2>The last {plural(beats.length, 'beat')} up to this moment</h2>
        <ol className={styles['beats']}>
          {beats.map(({ key, position, sentence }) => (
            <li key={key}>
              <time>{clockText(position.timeUs)}</time> {sentence}
            </li>
          ))}
        </ol>
      </section>
      {legend.length > 0 ? <Legend rows={legend} /> : null}
      <p className={styles['foot']}>
        Redoscope. All times are simulated. Not affiliated with Amazon Web Services.
      </p>
    </>
  );
}

const Picture = ({ svg, caption }: { readonly svg: string; readonly caption: string }) => (
  <figure className={styles['figure']}>
    <Drawing svg={svg} />
    <figcaption>{caption}</figcaption>
  </figure>
);

/** A drawing as part of the sheet: printers get lines and letters of it. */
function Drawing({ svg }: { readonly svg: string }) {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml');
    host.current?.replaceChildren(document.importNode(documentElement, true));
  }, [svg]);
  return <div ref={host} />;
}

interface QuorumsProps {
  readonly groups: readonly GroupView[];
  readonly others: number;
}

function Quorums({ groups, others }: QuorumsProps) {
  return (
    <section>
      <h2>Write quorums</h2>
      <table className={styles['quorums']}>
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col">Copies</th>
            <th scope="col">Needs</th>
            <th scope="col">Now</th>
            <th scope="col">Durable up to</th>
            {SLOTS.map((slot) => (
              <th key={slot} scope="col">
                Slot {slot}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.id}>
              <th scope="row">PG {group.id}</th>
              <td>
                {group.healthy} of {group.copies}
              </td>
              <td>{group.writeText}</td>
              <td>{group.health}</td>
              <td>{lsnText(group.pgcl)}</td>
              {SLOTS.map((slot) => (
                <td key={slot}>{copyText(group, slot)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {others > 0 ? <p>and {plural(others, 'group')} with as many copies or more.</p> : null}
    </section>
  );
}

function copyText({ segments }: GroupView, slot: string): string {
  const copy = segments.find((segment) => segment.slot === slot);
  return copy ? `${copy.host} ${copy.state}, ${lsnText(copy.scl)}` : 'none';
}

function Legend({ rows }: { readonly rows: readonly LegendRow[] }) {
  return (
    <section>
      <h2>Legend</h2>
      <ul className={styles['legend']}>
        {rows.map((row, index) => (
          <li key={row.says}>
            <Mark row={row} index={index} />
            <span>
              <b>{row.name}</b> {row.says}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Letters in marks are single: any width will do. */
const noWidth = (): number => 0;

function Mark({ row, index }: { readonly row: LegendRow; readonly index: number }) {
  const { mark, draw } = row;
  if (draw) {
    const picture = legendPicture({ ...row, draw }, 'light', noWidth);
    return (
      <div className={styles['drawn']} aria-hidden="true">
        <Drawing svg={paintSvg(picture, { prefix: `mark${index}-` })} />
      </div>
    );
  }
  if (!mark) return null;
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={mark.d}
        fill={mark.fill ?? 'none'}
        stroke={mark.stroke}
        strokeWidth={mark.width}
        strokeDasharray={mark.dash?.join(' ')}
      />
    </svg>
  );
}
