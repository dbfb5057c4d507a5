import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_LINK, encodeLink } from '../scenario/link.ts';
import { openedApp, testApp } from './app.testkit.ts';

describe('the address bar', () => {
  it('point 55: is written at most once a second, and never because time passes', async () => {
    const { app, address, frames } = await openedApp();
    frames.pass(10_000);
    const playing = address.written.length;
    expect(playing).toBeLessThanOrEqual(2);
    for (let i = 0; i < 50; i++) {
      app.store.getState().select({ kind: 'node', id: `B${(i % 4) + 1}` });
      frames.pass(100);
    }
    expect(address.written.length - playing).toBeGreaterThan(3);
    expect(address.written.length - playing).toBeLessThanOrEqual(6);
  });

  it('tells the present moment after a pause, and returns to its earlier text after undo', async () => {
    const { app, address, frames } = await testApp();
    app.player.seek({ timeUs: 3_000, n: 0 });
    frames.pass(2_000);
    const before = address.hash;
    app.player.intervene({ op: 'crash', target: 'B2' });
    frames.pass(2_000);
    expect(address.hash).not.toBe(before);
    app.player.undo();
    frames.pass(2_000);
    expect(address.hash).toBe(before);
  });
});

describe('views', () => {
  it('are places of their own, and going back shows one without moving the run', async () => {
    const { app, address, frames } = await testApp();
    app.player.seek({ timeUs: 3_000, n: 0 });
    frames.pass(2_000);
    app.store.getState().setTab('log');
    app.store.getState().setTab('fleet');
    expect(address.places).toEqual(['log', 'fleet']);
    const { hash } = app.player;
    const before = hash();
    address.goBackTo('log');
    expect(app.store.getState().tab).toBe('log');
    expect(hash()).toBe(before);
    frames.pass(2_000);
    expect(address.places).toEqual(['log', 'fleet']);
  });

  it('of a link are not pushed: it was opened where it stands', async () => {
    const { app } = await testApp();
    app.store.getState().setTab('log');
    const link = app.links.linkHere();
    const other = await openedApp({ hash: link.slice(link.indexOf('#')) });
    expect(other.app.store.getState().tab).toBe('log');
    expect(other.address.places).toEqual([]);
  });
});

describe('a link', () => {
  it('point 54: opens elsewhere at the same time with the same hash, selection and speed, paused', async () => {
    const { app, frames } = await openedApp();
    frames.pass(3_000);
    app.player.intervene({ op: 'crash', target: 'B2' });
    frames.pass(3_000);
    app.player.pause();
    app.player.setRate(5_000);
    app.store.getState().select({ kind: 'segment', id: '0/c' });
    app.store.getState().setFocusGroup('all');
    const link = app.links.linkHere();

    const other = await openedApp({ hash: link.slice(link.indexOf('#')) });
    const { player, store } = other.app;
    expect(player.hash()).toBe(app.player.hash());
    expect([player.state(), player.rateUs(), player.position()]).toEqual([
      'paused',
      5_000,
      app.player.position(),
    ]);
    expect(store.getState().selection).toEqual({ kind: 'segment', id: '0/c' });
    expect(store.getState().focusGroup).toBe('all');
    expect(store.getState().killMode).toBe(false);
  });

  it('opens the fleet elsewhere in the size and form it was left in, and without them as it begins', async () => {
    const { app } = await openedApp();
    app.store.getState().setTab('fleet');
    app.store.getState().setFleet({ scale: 64, form: 'matrix' });
    const link = app.links.linkHere();
    const other = await openedApp({ hash: link.slice(link.indexOf('#')) });
    expect(other.app.store.getState()).toMatchObject({
      tab: 'fleet',
      fleet: { scale: 64, form: 'matrix' },
    });
    expect(other.app.links.linkHere()).toBe(link);
    app.store.getState().setFleet({ scale: 'live', form: 'comb' });
    const bare = app.links.linkHere();
    expect(other.app.links.open(bare)).toBe(true);
    expect(other.app.store.getState().fleet).toEqual({ scale: 'live', form: 'comb' });
  });

  it.each([
    [{ fleet: 1e9 }, /size of the fleet/],
    [{ fleet: '64' }, /size of the fleet/],
    [{ fleet: null }, /size of the fleet/],
    [{ form: 'spiral' }, /form of the fleet/],
    [{ form: true }, /form of the fleet/],
  ])('shows the fleet of the run and says why for %j', async (ui, why) => {
    const hash = encodeLink({ ...DEFAULT_LINK, ui });
    const { app } = await openedApp({ hash });
    expect(app.store.getState().fleet).toEqual({ scale: 'live', form: 'comb' });
    expect(app.store.getState().toasts.map(({ text }) => text)).toEqual([
      expect.stringMatching(why),
    ]);
  });

  it('follows the size of the fleet in the address', async () => {
    const { app, address, frames } = await openedApp();
    app.player.pause();
    frames.pass(2_000);
    const before = address.hash;
    app.store.getState().setFleet({ scale: 1_024 });
    frames.pass(2_000);
    expect(address.hash).not.toBe(before);
    const other = await openedApp({ hash: address.hash });
    expect(other.app.store.getState().fleet.scale).toBe(1_024);
  });

  it('may play at once', async () => {
    const { app } = await testApp();
    const link = app.links.linkHere({ start: 'playing' });
    const other = await openedApp({ hash: link.slice(link.indexOf('#')) });
    expect(other.app.player.state()).toBe('playing');
  });

  it('carries the look, the speed and the theme where they are wanted, and the theme is only worn', async () => {
    const { app } = await testApp();
    app.player.setRate(5_000);
    app.store.getState().select({ kind: 'node', id: 'B2' });
    app.store.getState().change({ theme: 'dark' });
    const opened = async (include: { look: boolean; rate: boolean; theme: boolean }) => {
      const link = app.links.linkHere({ include });
      return (await openedApp({ hash: link.slice(link.indexOf('#')) })).app;
    };
    const bare = await opened({ look: false, rate: false, theme: false });
    expect(bare.store.getState().selection).toBeNull();
    expect(bare.store.getState().settings.theme).toBe('system');
    expect(bare.player.rateUs()).not.toBe(5_000);
    const full = await opened({ look: true, rate: true, theme: true });
    expect(full.store.getState().selection).toEqual({ kind: 'node', id: 'B2' });
    expect(full.store.getState().settings.theme).toBe('dark');
    expect(full.player.rateUs()).toBe(5_000);
  });

  it('from the beginning says no moment', async () => {
    const { app } = await testApp();
    app.player.seek({ timeUs: 4_000, n: 0 });
    expect(app.links.linkHere()).toContain('&t=');
    expect(app.links.linkHere({ start: 'beginning' })).not.toContain('&t=');
  });

  it('that is damaged gives a sentence and its text, and stays in the address', async () => {
    const { app, address, frames } = await openedApp({ hash: '#v1.d.nonsense' });
    const { linkProblem } = app.store.getState();
    expect(linkProblem?.raw).toBe('#v1.d.nonsense');
    expect(linkProblem?.sentence).toMatch(/\.$/);
    app.player.seek({ timeUs: 500, n: 0 });
    frames.pass(5_000);
    expect(address.hash).toBe('#v1.d.nonsense');
  });

  it('typed into the address opens', async () => {
    const { app, address } = await testApp();
    const { app: source } = await testApp();
    source.player.seek({ timeUs: 4_000, n: 0 });
    address.type(source.links.linkHere().replace(/^.*#/, '#'));
    expect(app.player.position()).toEqual({ timeUs: 4_000, n: 0 });
  });

  it('typed at the moment of a write opens all the same, or stays with its sentence', async () => {
    const { app, address, frames } = await openedApp();
    app.player.pause();
    frames.pass(2_000);
    const link = address.hash;
    const elsewhere = (): void => app.player.seek({ timeUs: 50_000, n: 0 });
    elsewhere();
    address.type(link, () => frames.pass(2_000));
    expect(app.links.linkHere().endsWith(link)).toBe(true);
    elsewhere();
    address.type('#v1.z.broken', () => frames.pass(2_000));
    expect(app.store.getState().linkProblem?.raw).toBe('#v1.z.broken');
    expect(address.hash).toBe('#v1.z.broken');
  });

  it('ignores a selection and a group that make no sense', async () => {
    const { app } = await testApp();
    app.store.getState().select({ kind: 'node', id: '' });
    app.store.getState().setFocusGroup(99);
    const link = app.links.linkHere();
    const other = await openedApp({ hash: link.slice(link.indexOf('#')) });
    expect(other.app.store.getState().selection).toBeNull();
    expect(other.app.store.getState().focusGroup).toBe(0);
  });
});

describe('copying', () => {
  it('says what came of it', async () => {
    const { app, address } = await testApp();
    await app.links.copyLinkHere();
    expect(address.copied).toEqual([app.links.linkHere()]);
    expect(app.store.getState().toasts.map(({ text }) => text)).toEqual(['Link copied']);
  });

  it('shows the link when the clipboard is out of reach', async () => {
    const { app, address } = await testApp();
    address.clipboard = false;
    await app.links.copyLinkHere();
    expect(app.store.getState().dialog).toBe('share');
  });
});

describe('an address that names a step of the story', () => {
  it('takes the place of a link that could not be opened', async () => {
    const { app, address } = await openedApp({ hash: '#v1.z.broken' });
    expect(app.store.getState().linkProblem).not.toBeNull();
    address.type('#ch=s05.count');
    expect(app.store.getState().linkProblem).toBeNull();
    await app.story.take();
    await vi.waitFor(() => expect(app.store.getState().story?.step).toBe('count'));
  });

  it.each(['#ch=s05.missing', '#ch=s99.count'])(
    '%s is told when there is no such step',
    async (hash) => {
      const { app, address, frames } = await openedApp();
      address.type(hash);
      await app.story.take();
      await vi.waitFor(() => expect(app.store.getState().linkProblem).not.toBeNull());
      const { linkProblem, story } = app.store.getState();
      expect(linkProblem).toMatchObject({ raw: hash, newer: false });
      expect(linkProblem?.sentence).toContain(`no step “${hash.slice('#ch='.length)}”`);
      expect(story).toBeNull();
      frames.pass(5_000);
      expect(address.hash).toBe(hash);
    },
  );

  it('is told beside its run when only the step is unknown', async () => {
    const { app } = await testApp();
    const { player } = app;
    const link = encodeLink({ ...DEFAULT_LINK, run: player.run(), ui: { ch: 's05.missing' } });
    app.links.open(link);
    await app.story.take();
    await vi.waitFor(() => expect(app.store.getState().toasts).toHaveLength(1));
    expect(app.store.getState().toasts[0]?.text).toContain('no step “s05.missing”');
    expect(app.store.getState().linkProblem).toBeNull();
  });
});
