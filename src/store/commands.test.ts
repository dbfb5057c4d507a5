import { describe, expect, it } from 'vitest';
import type { Act } from '../protocol/intervention.ts';
import { testApp } from './app.testkit.ts';
import type { Selection } from './app-store.ts';

async function desk() {
  const test = await testApp();
  const { app } = test;
  app.player.seek({ timeUs: 1_000, n: 0 });
  const command = (id: string) => app.commands.find((each) => each.id === id)!;
  return {
    ...test,
    command,
    select: (kind: Selection['kind'], id: string) => app.store.getState().select({ kind, id }),
    acts: (): readonly Act[] => app.player.run().interventions.map(({ act }) => act),
    toasts: () => app.store.getState().toasts,
  };
}

describe('crash and restore', () => {
  it('takes the selection down and brings it back, and says so with a way back', async () => {
    const { command, select, acts, toasts } = await desk();
    select('node', 'B2');
    expect(command('crash').title()).toBe('Crash B2');
    void command('crash').run();
    expect(toasts()).toMatchObject([{ text: 'B2 crashed at 1.000 ms', action: 'undo' }]);
    expect(acts()).toEqual([{ op: 'crash', target: 'B2' }]);
  });

  it('means the node of a segment, and the whole of a zone', async () => {
    const { app, command, select } = await desk();
    const [segment] = app.player.view().groups[0]!.segments;
    select('segment', segment!.id);
    expect(command('crash').title()).toBe(`Crash ${segment!.host}`);
    select('zone', 'C');
    expect(command('crash').title()).toBe('Take down Availability Zone C');
  });

  it('toggles kill mode when nothing is selected', async () => {
    const { app, command } = await desk();
    void command('crash').run();
    expect(app.store.getState().killMode).toBe(true);
    expect(command('crash').pressed?.()).toBe(true);
    void command('crash').run();
    expect(app.store.getState().killMode).toBe(false);
  });

  it('restores a writer that was killed; until it is open nothing can be written', async () => {
    const { api, command, select, acts } = await desk();
    select('instance', 'W');
    void command('crash').run();
    await api.seek(5_000);
    expect(command('crash').title()).toBe('Restore Writer');
    expect(command('write').enabled()).toBe('The writer is down.');
    void command('crash').run();
    expect(acts().at(-1)).toEqual({ op: 'restore', target: 'W' });
  });

  it('restores a node that is down, which takes a moment', async () => {
    const { api, command, select, acts } = await desk();
    select('node', 'B2');
    void command('crash').run();
    await api.seek(2_000);
    expect(command('crash').title()).toBe('Restore B2');
    expect(command('slow').enabled()).toBe('B2 is down.');
    void command('crash').run();
    expect(acts().at(-1)).toEqual({ op: 'restore', target: 'B2' });
  });
});

describe('other faults', () => {
  it.each([
    ['slow', { op: 'slow', target: 'C1', on: true }],
    ['isolate', { op: 'isolate', target: 'C1', on: true }],
    ['drop', { op: 'drop-next', target: 'C1' }],
    ['crash-zone', { op: 'crash-zone', az: 'C' }],
  ] as const)('%s acts on the selected node', async (id, act) => {
    const { command, select, acts } = await desk();
    select('node', 'C1');
    expect(command(id).enabled()).toBe(true);
    void command(id).run();
    expect(acts()).toEqual([act]);
  });

  it('slow and isolate are switches', async () => {
    const { api, command, select, acts } = await desk();
    select('node', 'C1');
    void command('slow').run();
    await api.seek(2_000);
    expect([command('slow').pressed?.(), command('slow').title()]).toEqual([
      true,
      'Bring C1 back to normal speed',
    ]);
    void command('slow').run();
    expect(acts().at(-1)).toEqual({ op: 'slow', target: 'C1', on: false });
  });

  it('ask for a selection first', async () => {
    const { command, acts } = await desk();
    for (const id of ['slow', 'isolate', 'drop', 'crash-zone', 'menu']) {
      expect(command(id).enabled()).toMatch(/^(Select|Only).+\.$/);
      void command(id).run();
    }
    expect(acts()).toEqual([]);
  });
});

describe('work', () => {
  it('writes, reads at a replica or where one looks, and bursts', async () => {
    const { command, select, acts } = await desk();
    for (const id of ['write', 'read', 'burst']) void command(id).run();
    select('instance', 'R2');
    void command('read').run();
    select('instance', 'W');
    void command('read').run();
    expect(acts()).toEqual([
      { op: 'write', count: 1 },
      { op: 'read', target: 'R1' },
      { op: 'write', count: 20 },
      { op: 'read', target: 'R2' },
      { op: 'read', target: 'W' },
    ]);
  });

  it('switches the steady workload off and on', async () => {
    const { command, acts } = await desk();
    expect(command('workload').pressed?.()).toBe(true);
    void command('workload').run();
    expect(command('workload').pressed?.()).toBe(false);
    void command('workload').run();
    expect(acts().map((act) => act.op === 'workload' && act.workload.on)).toEqual([false, true]);
  });
});

describe('the past', () => {
  it('is changed with a toast that offers to switch back', async () => {
    const { api, app, command, select, toasts } = await desk();
    select('node', 'B2');
    await api.seek(3_000);
    await api.seek(2_000);
    const hash = api.hash();
    void command('crash').run();
    expect(toasts()).toMatchObject([{ action: 'switch back' }]);
    expect(toasts()[0]!.text).toMatch(/You changed the past\./);
    void command('switch-back').run();
    expect([api.hash(), toasts()]).toEqual([hash, []]);
    expect(app.player.branches()).toHaveLength(1);
  });

  it('undo takes the toast away with the act', async () => {
    const { command, select, acts, toasts } = await desk();
    select('node', 'B2');
    expect(command('undo').enabled()).toBe('There is nothing to undo.');
    void command('crash').run();
    void command('undo').run();
    expect([acts(), toasts()]).toEqual([[], []]);
    void command('redo').run();
    expect(acts()).toHaveLength(1);
  });
});

describe('the page', () => {
  describe('looking closer', () => {
    it('asks the picture in sight, and says when there is none', async () => {
      const { app, command, select } = await desk();
      expect(command('zoom-in').enabled()).toBe('This view shows everything at one size.');
      const asked: string[] = [];
      app.store.getState().setZoomable({
        zoomIn: () => asked.push('in'),
        zoomOut: () => asked.push('out'),
        fit: () => asked.push('all'),
        show: ({ id }) => id === 'B2' && asked.push(id) > 0,
      });
      for (const id of ['zoom-in', 'zoom-out', 'zoom-fit']) void command(id).run();
      select('node', 'B2');
      void command('zoom-selection').run();
      expect(asked).toEqual(['in', 'out', 'all', 'B2']);
      select('node', 'C1');
      void command('zoom-selection').run();
      expect(app.store.getState().toasts.at(-1)?.text).toMatch(/does not show/);
    });
  });

  it('follows the write that is selected, else the newest, and then none', async () => {
    const { api, app, command, select } = await desk();
    await api.seek(8_000);
    void command('follow').run();
    const newest = app.store.getState().followedTxn;
    expect(newest).not.toBeNull();
    void command('follow').run();
    expect(app.store.getState().followedTxn).toBeNull();
    select('transaction', String(newest! - 1));
    void command('follow').run();
    expect(app.store.getState().followedTxn).toBe(newest! - 1);
  });

  it('Escape leaves one layer at a time', async () => {
    const { app, command, select } = await desk();
    const { follow, openDialog, openMenu, setKillMode } = app.store.getState();
    select('node', 'B2');
    follow(17);
    setKillMode(true);
    openDialog('help');
    openMenu({ kind: 'node', id: 'B2' });
    const layers = () => {
      const { selection, followedTxn, killMode, dialog, menu } = app.store.getState();
      return [menu, dialog, killMode || null, followedTxn, selection].filter((l) => l !== null)
        .length;
    };
    for (let left = 5; left > 0; left--) {
      expect(layers()).toBe(left);
      void command('escape').run();
    }
    expect(layers()).toBe(0);
  });

  it('offers only the protection groups there are', async () => {
    const { app, command } = await desk();
    const groups = app.player.view().groups.length;
    expect(command(`focus-group-${groups - 1}`).enabled()).toBe(true);
    expect(command(`focus-group-${groups}`).enabled()).toMatch(/no protection group/);
  });

  it('says the status: time, workload, durability, health and what is down', async () => {
    const { api, command, said } = await desk();
    await api.intervene({ op: 'crash', target: 'B2' });
    await api.intervene({ op: 'crash-zone', az: 'C' });
    await api.seek(3_000);
    said.length = 0;
    void command('say-status').run();
    expect(said[0]).toMatch(/^3\.000 milliseconds, paused\. Workload: 400 transactions a second\./);
    expect(said[0]).toMatch(/Durable up to record \d+\. PG \d has 3 of 6 copies: /);
    expect(said[0]).toMatch(/Down: Availability Zone C, B2\./);
  });

  it('moves focus, filters, cycles the theme and hides the console', async () => {
    const { app, command, focused } = await desk();
    for (const id of ['next-region', 'previous-region', 'filter']) void command(id).run();
    expect(focused).toEqual(['region 1', 'region -1', 'filter']);
    const themes = [1, 2, 3].map(() => {
      void command('theme').run();
      return app.store.getState().settings.theme;
    });
    expect(themes).toEqual(['light', 'dark', 'system']);
    void command('labels').run();
    expect(app.store.getState().settings.labels).toBe('few');
    expect(command('labels').title()).toBe('Label all messages that have room');
    void command('colours-tol').run();
    expect(app.store.getState().settings.palette).toBe('tol');
    expect([command('colours-tol').title(), command('colours-tol').pressed?.()]).toEqual([
      'Colours: Tol',
      true,
    ]);
    void command('console').run();
    expect(app.store.getState().settings.panels.console.collapsed).toBe(true);
    expect(command('console').title()).toBe('Show story and console');
  });

  it('changes speed in steps and says when there is no further one', async () => {
    const { app, command } = await desk();
    for (let i = 0; i < 10; i++) void command('faster').run();
    expect([app.player.rateUs(), command('faster').enabled()]).toEqual([
      60_000_000,
      'This is the fastest speed.',
    ]);
    void command('default-speed').run();
    expect(app.player.rateUs()).toBe(1_000);
  });

  it('has a title for every command, a group and no doubled id', async () => {
    const { app } = await desk();
    const ids = app.commands.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const command of app.commands) expect(command.title()).toMatch(/^[A-Z].*[^.]$/);
  });
});
