export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/** Whether `inner` lies in `outer`, borders included. */
export function contains(outer: Rectangle, inner: Rectangle): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  );
}

/** Whether they have more than a border in common. */
export function overlap(one: Rectangle, other: Rectangle): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

/** The parts of a line of upright and level parts, each as a rectangle as thin as a hair. */
export function segmentsOf(points: readonly Point[]): readonly Rectangle[] {
  return points.slice(1).map((end, index) => {
    const start = points[index] ?? end;
    return {
      x: Math.min(start.x, end.x) - hairPx,
      y: Math.min(start.y, end.y) - hairPx,
      width: Math.abs(start.x - end.x) + 2 * hairPx,
      height: Math.abs(start.y - end.y) + 2 * hairPx,
    };
  });
}

const hairPx = 0.05;
