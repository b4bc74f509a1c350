/** How a wire runs from one pane to another: in the seams of the grid, never over a terminal. Pure. */

/** A pane in its grid, in px. */
export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

type Point = readonly [number, number]

/** Height of the middle of a pane's head, in px. */
const HEAD = 20

/** The points of a wire from `near` to `far`, in panes set `seam` px apart and as far from the grid's edge. */
export function wirePoints(near: Box, far: Box, seam: number): readonly Point[] {
  const half = seam / 2
  if (Math.abs(near.top - far.top) < half) {
    const y = near.top + HEAD
    const gap = Math.max(far.left - near.right, near.left - far.right)
    if (gap <= seam + 1)
      return near.left < far.left
        ? [
            [near.right, y],
            [far.left, y],
          ]
        : [
            [near.left, y],
            [far.right, y],
          ]
    const [x1, x2] = [middle(near), middle(far)]
    return [
      [x1, near.top],
      [x1, near.top - half],
      [x2, far.top - half],
      [x2, far.top],
    ]
  }
  const [upper, lower] = near.top < far.top ? [near, far] : [far, near]
  if (lower.top - upper.bottom <= seam + 1) {
    const y = lower.top - half
    const x = Math.min(Math.max(middle(lower), upper.left + HEAD), upper.right - HEAD)
    const points: readonly Point[] = [
      [middle(lower), lower.top],
      [middle(lower), y],
      [x, y],
      [x, upper.bottom],
    ]
    return lower === near ? points : points.toReversed()
  }
  return [...toGutter(near, half), ...toGutter(far, half).toReversed()]
}

/** From a pane to the gutter at the left of the grid, above the row when other panes stand between. */
function toGutter({ left, top }: Box, half: number): Point[] {
  if (left <= 2 * half + 1)
    return [
      [left, top + HEAD],
      [half, top + HEAD],
    ]
  return [
    [left + HEAD, top],
    [left + HEAD, top - half],
    [half, top - half],
  ]
}

function middle({ left, right }: Box): number {
  return (left + right) / 2
}
