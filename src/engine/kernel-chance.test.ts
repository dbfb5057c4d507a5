import { describe, expect, it } from 'vitest';
import { draw, redraw } from './chance.ts';
import { Directory } from './directory.ts';
import type { Happening } from './happening.ts';
import { act, played, world } from './kernel.testkit.ts';
import { Kernel } from './kernel.ts';
import { digest, toyModel } from './toy.testkit.ts';

describe('chance', () => {
  /** The delay and loss of every message, by kind and link and its number there. */
  function fates(happenings: readonly Happening[]): ReadonlyMap<string, string> {
    const ordinals = new Map<string, number>();
    const out = new Map<string, string>();
    for (const { sent } of happenings)
      for (const { from, to, type, sentUs, atUs, lost, luck } of sent) {
        const link = `${from} → ${to} ${type}`;
        const ordinal = ordinals.get(link) ?? 0;
        ordinals.set(link, ordinal + 1);
        out.set(`${link} ${ordinal}`, `${atUs - sentUs} µs, ${lost}, ${luck}`);
      }
    return out;
  }

  it('deals the n-th message of a kind on a link the same, whatever is killed elsewhere', () => {
    const calm = fates(played(world(), 3_000));
    const killed = fates(
      played(world([act(333, 0, 'KILL', 'S5'), act(600, 0, 'KILL', 'W')]), 3_000),
    );
    const both = [...calm.keys()].filter((key) => killed.has(key));
    expect(both.length).toBeGreaterThan(500);
    for (const key of both) expect(`${key}: ${killed.get(key)}`).toBe(`${key}: ${calm.get(key)}`);
  });

  it('is not changed by which actors were asked about before', () => {
    const asked = world();
    for (let i = 0; i < 50; i++) asked.actor(`X${i}`);
    const plain = world();
    played(asked, 500);
    played(plain, 500);
    expect(digest(asked)).toBe(digest(plain));
  });

  it('draws the delay, the loss and the choice of one message apart', () => {
    const drawn: number[][] = [];
    const model: ReturnType<typeof toyModel> = {
      ...toyModel(),
      transmit: (network, { delayLuck, lossLuck }) => {
        drawn.push([delayLuck, lossLuck]);
        return { network, delayUs: 1, lost: null, againUs: null };
      },
    };
    const sent = played(new Kernel(model, 1, []), 100).flatMap((happening) => happening.sent);
    expect(drawn).toHaveLength(sent.length);
    const all = drawn.flatMap((pair, i) => [...pair, sent[i]?.luck]);
    expect(new Set(all).size).toBe(all.length);
    expect(sent[0]?.luck).toBe(redraw(lucksOf(1), 3));
    expect(drawn[0]).toEqual([redraw(lucksOf(1), 1), redraw(lucksOf(1), 2)]);
  });

  /** The luck behind the first message from the writer to its first segment. */
  function lucksOf(seed: number): number {
    const directory = new Directory(seed);
    return draw(directory.link(directory.entry('W'), 'S0', 'WRITE').key, 0);
  }

  it('loses about as many messages as the network says', () => {
    const sent = played(world(), 5_000).flatMap((happening) => happening.sent);
    const lost = sent.filter((flight) => flight.lost !== null).length;
    expect(lost / sent.length).toBeGreaterThan(0.015);
    expect(lost / sent.length).toBeLessThan(0.05);
  });
});
