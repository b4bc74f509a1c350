/** How a wire runs from one pane to another: in the seams between the columns, never over a terminal. Pure. */

/** A pane in its grid, in px. */
export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

type Point = readonly [number, number]

/** Height of the middle of a pane's head, in px. */
const HEAD = 18
/** Between two wires of a same seam, and how many lanes a seam has. */
const APART = 6
const LANES = 3

/**
 * The points of a wire from `near` to `far`, in columns set `seam` px apart. Wires that would lie on each other take
 * another `lane`.
 */
export function wirePoints(near: Box, far: Box, seam: number, lane = 0): readonly Point[] {
  const shift = ((lane % LANES) - 1) * APART
  const [y1, y2] = [near.top + HEAD, far.top + HEAD]
  const toRight = far.left >= near.right
  const from: Point = [toRight ? near.right : near.left, y1]
  const to: Point = [toRight || overlaps(near, far) ? far.left : far.right, y2]
  if (overlaps(near, far)) {
    // The same column: by the gutter at its left, or by the seam at its right when there is none.
    const [left, x] =
      near.left >= seam ? [true, near.left - seam / 2 + shift] : [false, near.right + seam / 2 + shift]
    const [start, end] = left ? [near.left, far.left] : [near.right, far.right]
    return rounded([
      [start, y1],
      [x, y1],
      [x, y2],
      [end, y2],
    ])
  }
  const side = toRight ? 1 : -1
  const gap = Math.abs(to[0] - from[0])
  if (gap <= seam + 1 && y1 === y2) return rounded([from, to])
  const x1 = from[0] + side * (seam / 2) + shift
  if (gap <= seam + 1) return rounded([from, [x1, y1], [x1, y2], to])
  // Other columns stand between: along the top of their panes.
  const x2 = to[0] - side * (seam / 2) + shift
  const over = Math.max(near.top, far.top)
  return rounded([from, [x1, y1], [x1, over], [x2, over], [x2, y2], to])
}

function overlaps(near: Box, far: Box): boolean {
  return near.left < far.right && far.left < near.right
}

function rounded(points: readonly Point[]): Point[] {
  return points.map(([x, y]) => [Math.round(x), Math.round(y)])
}
