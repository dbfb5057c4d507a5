import { describe, expect, it } from 'vitest';
import type { Reply } from '../protocol/messages.ts';
import { Shown } from './demonstration.testkit.ts';

describe('growth', () => {
  const shown = new Shown('growth');

  it('adds groups under load, and no statement fails', () => {
    expect(shown.view.groups).toHaveLength(2);
    shown.to(3_000);
    expect(shown.view.groups.length).toBeGreaterThan(3);
    expect(shown.told('statement-failed')).toEqual([]);
    expect(shown.told('commit-returned').length).toBeGreaterThanOrEqual(480);
  });

  it('mixes the pages of three databases in its groups', () => {
    const writers = new Map<number, Set<number | null>>();
    for (const { records, session } of shown.told('mtr-closed'))
      for (const { group } of records)
        writers.set(group, (writers.get(group) ?? new Set()).add(session));
    expect([...writers.values()].filter((sessions) => sessions.size >= 2).length).toBeGreaterThan(
      2,
    );
  });
});

describe('a damaged page', () => {
  const shown = new Shown('damaged-page').to(3_000);

  it('is found by its checksum, fetched from a peer and never answered', () => {
    const [damaged] = shown.told('block-damaged');
    const [bad] = shown.told('block-bad');
    const [repaired] = shown.told('block-repaired');
    expect([damaged?.segment, bad?.segment, repaired?.segment]).toEqual(['0/c', '0/c', '0/c']);
    expect(repaired?.peer).not.toBe('0/c');
    const answered = shown
      .told('page-answered')
      .filter(
        ({ segment, page, atUs }) =>
          segment === '0/c' &&
          page === damaged?.page &&
          atUs > (damaged?.atUs ?? 0) &&
          atUs < (repaired?.atUs ?? 0),
      );
    expect(answered).toEqual([]);
  });
});

describe('back to a point in time', () => {
  const shown = new Shown('restore').to(5_000);

  it('gives a volume of its own without what was committed later', () => {
    const [restored] = shown.told('volume-restored');
    expect(restored?.atUs).toBeGreaterThan(2_000_000);
    const replies = shown.happenings
      .filter(({ flight }) => flight.type === 'REPLY' && flight.to === 'you2')
      .map(({ flight }) => flight.message as Reply);
    const [answer] = replies.map(({ result }) => result);
    expect(answer?.kind).toBe('rows');
    const rows = answer?.kind === 'rows' ? answer.rows : [];
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.filter(([id]) => id === 7)).toEqual([]);
    expect(shown.told('commit-returned').some(({ session }) => session === 101)).toBe(true);
  });
});
