// Where labels go, so that none covers another: the greater first, each at the first free side of its point.

export interface Spot {
  x: number;
  y: number;
  radius: number;
  width: number;
  height: number;
  weight: number;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** For each spot (in the order given) the top left corner of its label, or null if there is no room for it. */
export function placeLabels(spots: readonly Spot[], frame: Box): (readonly [number, number] | null)[] {
  const taken: Box[] = spots.filter((spot) => spot.radius > 2).map(dot);
  const placed: (readonly [number, number] | null)[] = spots.map(() => null);
  const order = spots.map((_, index) => index).sort((a, b) => spots[b]!.weight - spots[a]!.weight || a - b);
  for (const index of order) {
    const spot = spots[index]!;
    for (const box of sides(spot)) {
      const own = dot(spot);
      if (!inside(box, frame) || taken.some((other) => overlap(other, box) && !same(other, own))) continue;
      taken.push(box);
      placed[index] = [box.left, box.top];
      break;
    }
  }
  return placed;
}

function* sides(spot: Spot): Generator<Box> {
  const gap = spot.radius + 3;
  const { x, y, width, height } = spot;
  const corners: [number, number][] = [
    [x + gap, y - height / 2], [x - gap - width, y - height / 2], [x - width / 2, y - gap - height], [x - width / 2, y + gap],
    [x + gap * 0.7, y - gap * 0.7 - height], [x + gap * 0.7, y + gap * 0.7], [x - gap * 0.7 - width, y - gap * 0.7 - height],
    [x - gap * 0.7 - width, y + gap * 0.7],
  ];
  for (const [left, top] of corners) yield { left, top, right: left + width, bottom: top + height };
}

const dot = (s: Spot): Box => ({ left: s.x - s.radius, top: s.y - s.radius, right: s.x + s.radius, bottom: s.y + s.radius });
const overlap = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const inside = (a: Box, b: Box): boolean => a.left >= b.left && a.top >= b.top && a.right <= b.right && a.bottom <= b.bottom;
const same = (a: Box, b: Box): boolean => a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;
