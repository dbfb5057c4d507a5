/** What goes wrong, and what is done about it, can be told without colour and is where one looks for it. */
import { describe, expect, it } from 'vitest';
import type { ClusterView, GroupView, HostView, SegmentView } from '../protocol/view.ts';
import type { FailoverPhase, RecoveryPhase } from '../protocol/view-change.ts';
import { clusterScene } from './cluster-scene.ts';
import type { DisplayItem } from './display.ts';
import {
  membershipChange,
  promoting,
  RANGE,
  recovering,
  troubles,
  withGroup,
  withInstance,
  zombie,
} from './failures.testkit.ts';
import { flight, restingView } from './fixtures.testkit.ts';
import { layoutCluster, topologyOf } from './layout.ts';
import { DEFAULT_LOOK, type Look } from './look.ts';
import { measure } from './measure.testkit.ts';

const base = restingView();

function draw(view: ClusterView, look: Look = DEFAULT_LOOK) {
  const layout = layoutCluster(
    topologyOf(view),
    { widthPx: 1200, heightPx: 860 },
    { coarse: false, focusGroup: look.focusGroup },
  );
  return clusterScene(view, view.timeUs, layout, look, measure);
}

/** Items of one owner without colours, so that only form is left. */
function formsOf(items: readonly DisplayItem[], owner: string): string {
  const form = (item: DisplayItem): string =>
    JSON.stringify(item, (key, value) => {
      if (key === 'fill' || key === 'stroke') return value ? 'inked' : undefined;
      return key === 'alpha' || key === 'id' ? undefined : value;
    });
  return items
    .filter(({ of }) => of === owner)
    .map(form)
    .sort()
    .join('\n');
}

function expectDistinct(shown: readonly (readonly [string, string])[]): void {
  const seen = new Map<string, string>();
  for (const [name, shape] of shown) {
    expect(seen.get(shape), `${name} looks like`).toBeUndefined();
    seen.set(shape, name);
  }
}

const wordsOf = (items: readonly DisplayItem[], owner: string): readonly string[] =>
  items.flatMap((item) => (item.kind === 'text' && item.of === owner ? [item.text] : []));

const find = (items: readonly DisplayItem[], id: string): DisplayItem | undefined =>
  items.find((item) => item.id === id);

describe('without colour one can tell', () => {
  it('the states of an instance', () => {
    const states = ['open', 'recovering', 'attaching', 'restarting', 'down', 'fenced'] as const;
    const shown = states.map((state) => {
      const { actors } = draw(withInstance(base, 'R1', { state }));
      return [state, formsOf(actors, 'R1')] as const;
    });
    const isolated = draw(withInstance(base, 'R1', { isolated: true })).actors;
    const cut = draw(withInstance(base, 'R1', { cutFrom: ['control'] })).actors;
    expectDistinct([
      ...shown,
      ['isolated', formsOf(isolated, 'R1')],
      ['cut off', formsOf(cut, 'R1')],
    ]);
  });

  it('the states of a copy', () => {
    const patches: Readonly<Record<string, Partial<SegmentView>>> = {
      complete: {},
      'catching up': { state: 'catching up' },
      hydrating: { state: 'hydrating', percent: 38 },
      suspected: { state: 'suspected' },
      retired: { state: 'retired' },
      absent: { state: 'absent' },
      damaged: { damage: [{ page: 7, state: 'found' }] },
    };
    expectDistinct(
      Object.entries(patches).map(([name, patch]) => {
        const view = withGroup(base, 0, ({ segments }) => ({
          segments: segments.map((one) => (one.slot === 'a' ? { ...one, ...patch } : one)),
        }));
        return [name, formsOf(draw(view).actors, '0/a')] as const;
      }),
    );
  });

  it('a host that is lost for good or patched from one that is down or restarting', () => {
    const patches: Readonly<Record<string, Partial<HostView>>> = {
      lost: { state: 'lost' },
      down: { state: 'down' },
      patched: { state: 'restarting', patching: true },
      restarting: { state: 'restarting' },
      'cut off': { cutFrom: ['control'] },
    };
    expectDistinct(
      Object.entries(patches).map(([name, patch]) => {
        const hosts = base.hosts.map((host) => (host.id === 'A1' ? { ...host, ...patch } : host));
        return [name, formsOf(draw({ ...base, hosts }).actors, 'A1')] as const;
      }),
    );
  });

  it('a full copy from a tail, once they are told apart', () => {
    const { actors } = draw(troubles());
    expect(wordsOf(actors, '0/a')).toContain('F');
    expect(wordsOf(actors, '0/b')).toContain('T');
    expect(find(actors, '0/a.kind-pages')).toBeDefined();
    expect(find(actors, '0/b.kind-pages')).toBeUndefined();
    expect(wordsOf(draw(base).actors, '0/a')).not.toContain('F');
  });
});

describe('an instance that opens the volume', () => {
  const at = (phase: RecoveryPhase) => {
    const view = recovering();
    const [writer] = view.instances;
    const recovery = writer?.recovery ? { ...writer.recovery, phase } : null;
    return draw(withInstance(view, 'W', { recovery }));
  };

  it.each([
    ['claiming', 'claim epoch', 0],
    ['polling', 'poll', 1],
    ['truncating', 'truncate', 2],
    ['completing', 'complete', 3],
    ['opening', 'open', 4],
  ] as const)('lists its five steps, %s being the one with a heart', (phase, word, k) => {
    const { actors } = at(phase);
    expect(wordsOf(actors, 'W')).toContain(word);
    expect(find(actors, `W.step-${k}-heart`)).toBeDefined();
    expect(
      actors.filter(({ id }) => id.endsWith('-heart') && id.startsWith('W.step')),
    ).toHaveLength(1);
    expect(find(actors, 'W.step-0-check') !== undefined).toBe(k > 0);
  });

  it('says how many groups have answered enough', () => {
    expect(wordsOf(at('polling').actors, 'W')).toContain('2/4 PG');
  });

  it('marks every copy that has answered, and every one that has not', () => {
    const { actors } = at('polling');
    expect(find(actors, '0/b.answered')).toBeDefined();
    expect(find(actors, '0/a.asked')).toBeDefined();
    const marks = actors.filter(({ id }) => /\.(answered|asked)$/.test(id));
    expect(marks).toHaveLength(24);
    expect(draw(base).actors.filter(({ id }) => /\.(answered|asked)$/.test(id))).toEqual([]);
  });

  it('fills its dial as members answer and seals it at the read quorum', () => {
    expect(find(at('polling').actors, 'W.seal')).toBeUndefined();
    const three = draw(recovering(), { ...DEFAULT_LOOK, focusGroup: 1 }).actors;
    expect(find(three, 'W.seal')).toBeDefined();
    expect(wordsOf(three, 'W')).toContain('3');
  });
});

describe('a failover', () => {
  it.each([
    ['detecting', 'detect'],
    ['electing', 'elect'],
    ['recovering', 'recover'],
    ['reconnecting', 'reconnect'],
  ] as const)('shows %s as a step on the card of whoever takes over', (phase, word) => {
    const view = promoting();
    const failover = view.control.failover && {
      ...view.control.failover,
      phase: phase as FailoverPhase,
    };
    const { actors } = draw({ ...view, control: { ...view.control, failover } });
    const heart = actors.find(({ id }) => /^R1\.step-\d-heart$/.test(id));
    expect(heart).toBeDefined();
    expect(wordsOf(actors, 'R1')).toContain(word);
  });

  it('stands on the old writer as long as nobody is chosen', () => {
    const view = promoting();
    const failover = view.control.failover && {
      ...view.control.failover,
      phase: 'detecting' as const,
      target: null,
    };
    const { actors } = draw({ ...view, control: { ...view.control, failover } });
    expect(wordsOf(actors, 'W')).toContain('detect');
    expect(wordsOf(actors, 'R1')).not.toContain('detect');
  });

  it('keeps the warm cache of the promoted replica in sight', () => {
    const { actors } = draw(promoting());
    expect(wordsOf(actors, 'R1').some((text) => text.includes('5/8'))).toBe(true);
  });

  it('lets the endpoint hang loose, with a dot for each client that tries again', () => {
    const { ground } = draw(promoting());
    expect(find(ground, 'R1.endpoint-plug')).toBeDefined();
    expect(ground.filter(({ id }) => id.startsWith('R1.retry-'))).toHaveLength(3);
    const settled = draw(zombie()).ground;
    expect(find(settled, 'R1.endpoint-plug')).toBeUndefined();
    const line = find(settled, 'R1.endpoint');
    expect(line?.kind === 'lines' && line.width).toBe(2);
  });
});

describe('after a failover', () => {
  const { actors, ground, front } = draw(zombie());
  it('the promoted replica is drawn as the writer: thick border, six ports, its own name and epoch', () => {
    expect(wordsOf(actors, 'R1')).toContain('Writer R1');
    expect(wordsOf(actors, 'R1')).toContain('epoch 4');
    expect(actors.filter(({ id }) => /^R1\.port-\d$/.test(id))).toHaveLength(6);
    expect(actors.filter(({ id }) => /^W\.port-\d$/.test(id))).toHaveLength(1);
    const frame = find(actors, 'R1.frame');
    expect(frame?.kind === 'rect' && frame.width).toBe(2);
  });
  it('the old writer is marked as fenced, with what it can still do', () => {
    expect(wordsOf(actors, 'W')).toContain('fenced: epoch 3 refused');
    expect(wordsOf(actors, 'W')).toContain('stale reads');
    expect(find(actors, 'W.frame-inner')).toBeDefined();
    expect(wordsOf(ground, 'W')).toContain('old address');
  });
  it('what is left to undo is counted', () => {
    expect(wordsOf(actors, 'R1')).toContain('2 to undo');
    expect(actors.some(({ id }) => id === 'R1.icon-undo')).toBe(true);
  });
  it('a refusal carries its reason', () => {
    const label = front.find((item) => item.kind === 'text' && item.text.startsWith('refused'));
    expect(label?.kind === 'text' && label.text).toBe('refused: stale volume epoch');
  });
});

describe('an old writer that takes itself for one', () => {
  it('is called by its own name, not by the part it has lost', () => {
    const { actors } = draw(withInstance(base, 'W', { role: 'zombie' }));
    expect(wordsOf(actors, 'W')).toContain('Old writer W');
    const replica = draw(withInstance(base, 'W', { role: 'replica' }));
    expect(wordsOf(replica.actors, 'W')).toContain('Replica W');
  });
});

describe('a console with nothing else to show', () => {
  it('says in a line of its own what has no room beside the name', () => {
    const { actors } = clusterScene(
      withInstance(base, 'W', { state: 'restarting', cache: [] }),
      base.timeUs,
      layoutCluster(
        topologyOf(base),
        { widthPx: 792, heightPx: 640 },
        { coarse: false, focusGroup: 0 },
      ),
      DEFAULT_LOOK,
      measure,
    );
    expect(wordsOf(actors, 'W')).toContain('restarting');
  });

  it('tells of a read view that holds up what may be collected', () => {
    const { actors } = draw(withInstance(base, 'R1', { oldestReadView: 600 }));
    expect(wordsOf(actors, 'R1')).toContain('oldest view');
    expect(wordsOf(actors, 'R1')).toContain('600');
  });
});

describe('redo that takes a change back', () => {
  const sent = (undoes: number) => {
    const toHost = base.groups[0]?.segments[0]?.host ?? '';
    const redo = flight({ toHost, id: 7, kind: 'redo', from: 'W', to: '0/a', count: 1, undoes });
    const scene = draw({ ...base, flights: [redo] });
    return scene.front.find(({ id }) => id === '7.glyph')?.kind;
  };

  it('points back, in flight', () => {
    expect([sent(0), sent(1)]).toEqual(['rect', 'poly']);
  });

  it('wears a barb on the ruler of each copy that has it', () => {
    const ticks = (undoes: readonly number[]) => {
      const view = withGroup(base, 0, (group) => ({
        ...group,
        segments: group.segments.map((each) => ({ ...each, undoes })),
      }));
      const lines = find(draw(view).actors, '0/a.ticks');
      return lines?.kind === 'lines' ? lines.points.length : 0;
    };
    expect(ticks([1042])).toBe(ticks([]) + 4);
  });
});

describe('cancelled numbers', () => {
  const { actors } = draw(zombie());
  it('are one hatched block with its bounds on the log of every instance', () => {
    expect(find(actors, 'R2.cancelled-4-hatch')?.kind).toBe('hatch');
    expect(wordsOf(actors, 'R2')).toContain(`(${RANGE.above}, ${RANGE.upTo}]`);
  });
  it('are hatched on the copies that know, and only outlined where one still holds them', () => {
    expect(find(actors, '0/a.cancelled-4-hatch')).toBeDefined();
    expect(find(actors, '0/f.cancelled-4-hatch')).toBeUndefined();
    const outline = find(actors, '0/f.cancelled-4-frame');
    expect(outline?.kind === 'rect' && outline.dash).toEqual([2, 2]);
  });
  it('leave no mark where nothing was cancelled', () => {
    expect(draw(base).actors.filter(({ id }) => id.includes('cancelled'))).toEqual([]);
  });
});

describe('a change of members', () => {
  const { actors } = draw(membershipChange());
  it('shows both quorum sets as hexagons joined by "and", the old member dashed, the new one dotted', () => {
    expect(wordsOf(actors, 'W')).toContain('and');
    expect(find(actors, 'W.abcdef:seal')).toBeDefined();
    expect(find(actors, 'W.abcdeg:seal')).toBeDefined();
    const dash = (id: string) => {
      const item = find(actors, id);
      return item?.kind === 'path' ? item.dash : undefined;
    };
    expect(dash('W.abcdef:old-f')).toEqual([5, 3]);
    expect(dash('W.abcdeg:new-g')).toEqual([1, 2.5]);
    expect(wordsOf(actors, 'W')).toEqual(expect.arrayContaining(['f', 'g']));
  });
  it('shows four sets when a second member fails meanwhile', () => {
    const look = { ...DEFAULT_LOOK, focusGroup: 1 };
    const seals = draw(membershipChange(), look).actors.filter(({ id }) => /^W\..*:seal$/.test(id));
    expect(seals).toHaveLength(4);
  });
  it('fills the new copy as its bytes arrive, and says how much there is', () => {
    expect(wordsOf(actors, '0/g@C3')).toContain('38 %');
    const bar = find(actors, '0/g@C3.filled');
    const frame = find(actors, '0/g@C3.coming');
    const share = bar?.kind === 'rect' && frame?.kind === 'rect' ? bar.w / frame.w : 0;
    expect(share).toBeGreaterThan(0.35);
    expect(share).toBeLessThan(0.41);
  });
  it('draws what fills the new copy, from its source, for as long as it is filled', () => {
    const { front } = draw(membershipChange());
    expect(find(front, 'fill:0/g@C3.glyph')).toBeDefined();
    expect(find(front, 'fill:0/g@C3.way')).toBeDefined();
    expect(draw(base).front.filter(({ id }) => id.startsWith('fill:'))).toEqual([]);
  });
  it('is told by the control plane’s mark', () => {
    expect(wordsOf(actors, 'control')).toEqual(['repairs PG 0: f → g 38 %']);
  });
});

describe('what stands beside the cluster', () => {
  it('is the control plane alone as long as there is nothing else to tell', () => {
    const { actors } = draw(base);
    expect(wordsOf(actors, 'control')).toEqual(['control plane']);
    expect(actors.filter(({ of }) => of === 'S3' || of === 'restored')).toEqual([]);
  });
  it('is crossed out when it is down', () => {
    const { actors } = draw(troubles());
    expect(find(actors, 'control.off')).toBeDefined();
    expect(wordsOf(actors, 'control')).toEqual(['control plane down']);
  });
  it('tells how far the backup is behind when that is much, and what was restored', () => {
    const usual = { backedUpTo: 1035, restorableToUs: base.timeUs, behind: 7 };
    expect(wordsOf(draw({ ...base, store: usual }).actors, 'S3')).toEqual(['S3']);
    const { actors } = draw(troubles());
    expect(wordsOf(actors, 'S3')).toEqual(['S3 is 7 s behind']);
    expect(wordsOf(actors, 'restored')).toEqual(['restored, as of 9 ms']);
  });
});

describe('three of four', () => {
  it('strikes out the two places that count no more', () => {
    const { actors } = draw(troubles(), { ...DEFAULT_LOOK, focusGroup: 1 });
    expect(find(actors, 'W.sector-e-struck')).toBeDefined();
    expect(find(actors, 'W.sector-f-struck')).toBeDefined();
    expect(find(actors, 'W.sector-a-struck')).toBeUndefined();
  });
});

describe('background traffic', () => {
  const messages = [
    flight({ id: 1, kind: 'backup', from: '0/a', fromHost: 'A1', to: 'S3', toHost: 'S3' }),
    flight({ id: 2, kind: 'heartbeat', from: 'W', to: 'control' }),
  ];
  const view: ClusterView = {
    ...base,
    flights: messages,
    store: { backedUpTo: 1035, restorableToUs: 0, behind: 7 },
  };
  const drawn = (look: Look) =>
    new Set(
      draw(view, look)
        .front.filter(({ role }) => role === 'flight')
        .map(({ of }) => of),
    );
  it('stays folded unless one looks at where it goes', () => {
    expect(drawn(DEFAULT_LOOK)).toEqual(new Set(['2']));
    expect(drawn({ ...DEFAULT_LOOK, lod: 1 })).toEqual(new Set());
    const selection = { kind: 'service', id: 'S3' };
    expect(drawn({ ...DEFAULT_LOOK, selection })).toEqual(new Set(['1', '2']));
  });
});

describe('the ruler of a copy', () => {
  it('has a bar where log was collected into pages', () => {
    const floor = (group: GroupView) => ({
      segments: group.segments.map((one) => ({ ...one, floor: one.recent[3] ?? 0 })),
    });
    expect(find(draw(withGroup(base, 0, floor)).actors, '0/a.floor')).toBeDefined();
  });
  it('of the volume marks the oldest read view', () => {
    const volume = { ...base.volume, pgmrpl: 1040 };
    expect(find(draw({ ...base, volume }).actors, 'W.oldest')).toBeDefined();
    expect(find(draw({ ...base, volume }).actors, 'R1.oldest')).toBeUndefined();
  });
});
