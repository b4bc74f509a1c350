/** How the bench says what it measured: medians, ratios in the same run, one table. */

/** One line of the table. */
export interface Row {
  what: string
  /** Ours, in the unit of `what`. */
  ours: string
  /** The peers, by name. */
  peers?: Readonly<Record<string, string>>
  /** Ratio to the peer or to the limit that counts, and whether it is held; absent where nothing is demanded. */
  verdict?: { ratio: number; against: string; limit: number; held: boolean }
}

export function quantile(values: readonly number[], q: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))]!
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** « p50 / p95 », in ms. */
export function milliseconds(values: readonly number[]): string {
  return `${quantile(values, 0.5).toFixed(1)} / ${quantile(values, 0.95).toFixed(1)}`
}

/** `value` must be at most `limit` times `reference`. */
export function atMost(value: number, reference: number, against: string, limit: number): Row['verdict'] {
  const ratio = value / reference
  return { ratio, against, limit, held: ratio <= limit }
}

export function atLeast(value: number, reference: number, against: string, limit: number): Row['verdict'] {
  const ratio = value / reference
  return { ratio, against, limit, held: ratio >= limit }
}

/** The table as text; the columns are those of the peers met. */
export function table(rows: readonly Row[]): string {
  const names = [...new Set(rows.flatMap(({ peers }) => Object.keys(peers ?? {})))]
  const lines = [
    ['mesure', 'Prise directe', ...names, 'rapport'],
    ...rows.map(({ what, ours, peers, verdict }) => [
      what,
      ours,
      ...names.map((name) => peers?.[name] ?? '–'),
      verdict
        ? `${verdict.ratio.toFixed(2)} × ${verdict.against} (limite ${verdict.limit} : ${verdict.held ? 'tenue' : 'DÉPASSÉE'})`
        : '',
    ]),
  ]
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)))
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
