import { type RefObject, useEffect } from 'react';
import type { FlightView } from '../../protocol/view.ts';
import type { Selection } from '../../store/app-store.ts';
import { usePage } from '../hooks/page.ts';
import type { StagePainter } from './painter.ts';

/** Where the camera looks: scale and shift of the picture. */
export interface Sight {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

/** What a message is about: the page it is after, or its newest record. */
function subjectOf({ page, last }: FlightView): Selection | null {
  if (page !== null) return { kind: 'page', id: String(page) };
  return last === null ? null : { kind: 'record', id: String(last) };
}

/**
 * A click on a message in flight selects what it carries, before whatever lies under it. In kill mode
 * clicks mean something else.
 */
export function useMessagePick(
  host: RefObject<HTMLElement | null>,
  painter: StagePainter | null,
  sight: RefObject<Sight>,
): void {
  const { player, store } = usePage();
  useEffect(() => {
    const element = host.current;
    if (!element || !painter) return;
    const hits = import('../../scene/hit.ts');
    let flightAt: Awaited<typeof hits>['flightAt'] | null = null;
    // Nobody picks a message before the first picture is there.
    void hits.then((module) => {
      flightAt = module.flightAt;
    });
    const pick = (event: MouseEvent): void => {
      const { scene } = painter;
      if (flightAt === null || scene === null || store.getState().killMode) return;
      const { left, top } = element.getBoundingClientRect();
      const { k, x, y } = sight.current;
      const id = flightAt(scene, (event.clientX - left - x) / k, (event.clientY - top - y) / k);
      const flight = player.view().flights.find((each) => each.id === id);
      const subject = flight ? subjectOf(flight) : null;
      if (subject === null) return;
      event.preventDefault();
      event.stopPropagation();
      store.getState().select(subject);
    };
    element.addEventListener('click', pick, true);
    return () => element.removeEventListener('click', pick, true);
  }, [host, painter, sight, player, store]);
}
