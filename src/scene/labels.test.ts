import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holds, overlaps, rect } from './geometry.ts';
import { LABELS_AT_MOST, placeLabels } from './labels.ts';
import { measure } from './measure.testkit.ts';
import { fitted } from './pen.ts';

const area = rect(2, 2, 788, 636);
const obstacle = rect(300, 200, 120, 90);

const wish = fc.record({
  id: fc.uuid(),
  text: fc.stringMatching(/^[0-9]{1,4}(–[0-9]{1,4} ×[0-9]{1,2})?$/),
  fill: fc.constant('#fff'),
  anchors: fc.array(
    fc.record({ x: fc.integer({ min: -20, max: 820 }), y: fc.integer({ min: -20, max: 660 }) }),
    { minLength: 1, maxLength: 3 },
  ),
  clear: fc.constantFrom(10, 13),
  priority: fc.integer({ min: 0, max: 400 }),
});

it('labels never overlap, are never clipped and never cover what stands', () => {
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 60 }), (wishes) => {
      const placed = placeLabels(wishes, area, [obstacle], measure);
      expect(placed.length).toBeLessThanOrEqual(LABELS_AT_MOST);
      placed.forEach(({ box }, k) => {
        expect(holds(area, box)).toBe(true);
        expect(overlaps(obstacle, box)).toBe(false);
        for (const other of placed.slice(k + 1)) expect(overlaps(box, other.box)).toBe(false);
      });
    }),
  );
});

it('the label that matters most gets its place', () => {
  const at = { anchors: [{ x: 100, y: 100 }], fill: '#fff', clear: 10 };
  const wishes = [
    { ...at, id: 'a', text: '1041', priority: 1 },
    { ...at, id: 'b', text: '1042', priority: 9 },
  ];
  const [first] = placeLabels(wishes, area, [], measure);
  expect(first?.wish.id).toBe('b');
  expect(first?.x).toBe(110);
});

it('leaves out what matters less than it has to, whatever room there is', () => {
  const at = { anchors: [{ x: 100, y: 100 }], fill: '#fff', clear: 10 };
  const wishes = [42, 142].map((priority) => ({ ...at, id: `${priority}`, text: 'x', priority }));
  const placed = placeLabels(wishes, area, [], measure, { least: 60 });
  expect(placed.map(({ wish: { id } }) => id)).toEqual(['142']);
});

it('says a thing once', () => {
  const wishes = [1, 2].map((k) => ({
    id: String(k),
    text: '1042',
    fill: '#fff',
    anchors: [{ x: 100 * k, y: 100 }],
    clear: 10,
    priority: k,
  }));
  expect(placeLabels(wishes, area, [], measure)).toHaveLength(1);
});

it('a cut text fits and says that it is cut', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.integer({ min: 0, max: 300 }), (text, room) => {
      const shown = fitted(text, '500 12px Mono', room, measure);
      if (shown) expect(measure(shown, '500 12px Mono')).toBeLessThanOrEqual(room);
      if (shown && shown !== text) expect(shown.endsWith('…')).toBe(true);
    }),
  );
});
