/** Two moments for a close look: every state and every kind of message at once, and a crowd. */
import type { ClusterView, HostView } from '../protocol/view.ts';
import { flight, restingView, SHAPE, segment } from './fixtures.testkit.ts';

const troubles: Readonly<Record<string, Partial<HostView>>> = {
  A2: { slow: true },
  B1: { isolated: true },
  B2: { state: 'down' },
  C1: { state: 'restarting' },
  A3: { dropNext: true },
};

/** Every state of a node and every kind of message at once. */
export function everyState(): ClusterView {
  const view = restingView();
  const kinds = [
    ['redo', 'W', 'W', '0/a', 'A1'],
    ['ack', '0/b', 'A2', 'W', 'W'],
    ['stream', 'W', 'W', 'R2', 'R2'],
    ['feedback', 'R1', 'R1', 'W', 'W'],
    ['page-request', 'R1', 'R1', '1/c', 'B3'],
    ['page', '1/e', 'C3', 'R2', 'R2'],
    ['refusal', '0/f', 'C2', 'R2', 'R2'],
    ['gossip', '1/b', 'A4', '1/d', 'B4'],
    ['gossip-fill', '0/c', 'B1', '0/e', 'C1'],
    ['query', 'app1', 'app1', 'R2', 'R2'],
    ['reply', 'W', 'W', 'app3', 'app3'],
    ['recovery', 'W', 'W', '0/d', 'B2'],
    ['recovery-answer', '0/e', 'C1', 'W', 'W'],
    ['hydration', '1/a', 'A3', '1/f', 'C4'],
    ['backup', '1/a', 'A3', 'S3', 'S3'],
    ['heartbeat', 'R2', 'R2', 'control', 'control'],
    ['order', 'control', 'control', 'R1', 'R1'],
  ] as const;
  return {
    ...view,
    hosts: view.hosts.map((host) => ({ ...host, ...troubles[host.id] })),
    groups: view.groups.map((each) => ({
      ...each,
      segments: each.segments.map((one) => {
        if (one.id === '1/f')
          return { ...segment(1, 'f', SHAPE, 4), state: 'catching up' as const };
        if (one.id !== '0/f') return one;
        const behind = segment(0, 'f', SHAPE, 5);
        return { ...behind, ahead: [{ first: 1039, last: 1041 }] };
      }),
    })),
    flights: kinds.map(([kind, from, fromHost, end, toHost], k) =>
      flight({ id: 600 + k, kind, from, fromHost, to: end, toHost, page: 18, label: kind }),
    ),
  };
}

/** Eight hosts a zone and fifteen replicas. */
export const crowd = (): ClusterView => restingView({ hostsPerZone: 8, replicas: 15, groups: 12 });
