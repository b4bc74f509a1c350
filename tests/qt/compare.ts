/**
 * Compares two recordings of a scenario: object by object, never between objects, since the order in which two ends of
 * a connection are served depends on the run.
 */

/** The first difference, for one object; `undefined` stands for the end of its recording. */
export interface Difference {
  object: string
  expected: string | undefined
  actual: string | undefined
}

/** Ports that a system chooses itself: they change at each run. */
const EPHEMERAL = 32_768

/** What a line may tell after its object's name: a signal, or what a slot read. The rest is the player's own. */
const FACTS = new Set([
  ...['stateChanged', 'errorOccurred', 'hostFound', 'connected', 'disconnected', 'aboutToClose', 'destroyed'],
  ...['readChannelFinished', 'bytesWritten', 'readyRead'],
  ...['newConnection', 'pendingConnectionAvailable', 'acceptError', 'nextPendingConnection'],
  ...['readAll', 'readLine', 'read', 'datagram'],
])

/**
 * The one divergence decided: refused with data waiting, Qt announces the error twice, with a warning between; the
 * twin once.
 */
const REPEATED = /^\w+ errorOccurred ConnectionRefusedError /
const REPEAT_WARNING = '! QNativeSocketEngine::write() was not called in QAbstractSocket::ConnectedState'

/**
 * @param variable The number of readyRead depends on the run: only totals are compared.
 * @returns `null` when the recordings agree.
 */
export function compare(expected: string[], actual: string[], variable: boolean): Difference | null {
  const wanted = byObject(expected, variable)
  const found = byObject(actual, variable)
  for (const object of new Set([...wanted.keys(), ...found.keys()])) {
    const left = wanted.get(object) ?? []
    const right = found.get(object) ?? []
    for (let i = 0; i < Math.max(left.length, right.length); i++) {
      if (left[i] === undefined || right[i] === undefined || !sameLine(left[i]!, right[i]!)) {
        return { object, expected: left[i], actual: right[i] }
      }
    }
  }
  return null
}

function byObject(lines: string[], variable: boolean): Map<string, string[]> {
  const objects = new Map<string, string[]>()
  const totals = new Map<string, Map<string, number>>()
  /** The object called, at each depth: a slot may call another before the first call returns. */
  const calling = new Map<number, string>()
  for (const raw of lines) {
    const depth = raw.search(/\S/)
    const line = neutral(raw)
    if (line === '' || /^\[code \d+\]$/.test(line)) continue
    // Besides the warnings of Qt, the remarks of the player: an object that does not exist, a signal that never came.
    if (line.startsWith('!') && !line.startsWith('! Q')) continue
    const object =
      objectOf(line) ??
      (line.startsWith('< ') && !line.startsWith('< QObject') ? (calling.get(depth) ?? '') : '')
    if (line.startsWith('> ')) calling.set(depth, object)
    const text = canonical(line)
    if (text === null || text === REPEAT_WARNING) continue
    const list = objects.get(object) ?? []
    objects.set(object, list)
    if (text === list.at(-1) && REPEATED.test(text)) continue
    if (!variable) list.push(text)
    else if (!addToTotals(totals, object, text)) list.push(withoutCounts(text))
  }
  for (const [object, sums] of totals) {
    for (const [name, sum] of [...sums].sort()) objects.get(object)!.push(`${object} total ${name} ${sum}`)
  }
  return objects
}

/**
 * Removes what no run repeats (ephemeral ports, the local port of a description) and what recorders write each in
 * their way: the indentation of what a slot does, the mark of a warning, the object of a destruction, `= void`.
 */
function neutral(line: string): string {
  return line
    .trim()
    .replace(/^Q[A-Z]/, '! $&')
    .replace(/^> \w+\.(delete(?:Later)?)$/, '> $1')
    .replace(/ = void$/, '')
    .replace(/#-1\b/g, '#*')
    .replace(/local=([^\s#]*)#[1-9]\d*/g, 'local=$1#*')
    .replace(/([\da-f.:]#)(\d+)\b/gi, (all, start: string, port: string) =>
      Number(port) >= EPHEMERAL ? `${start}*` : all,
    )
    .replace(/("\s+[\da-f.:]+\s+)(\d+)\b/gi, (all, start: string, port: string) =>
      Number(port) >= EPHEMERAL ? `${start}*` : all,
    )
}

/** The object a line is about; `null` for a warning and for what is written without a name. */
function objectOf(line: string): string | null {
  const call = /^> (\w+)\.\w+/.exec(line)
  if (call !== null) return call[1]!
  return /^([a-z]\w*) [a-z]\w*/.exec(line)?.[1] ?? null
}

/**
 * The line in the form that is compared, or `null` for one that tells what the player did and not what Qt did
 * (`s1 write 4`). A datagram's destination, interface and hops are outside the twin's API.
 */
function canonical(line: string): string | null {
  const fact = /^[a-z]\w* (\w+)/.exec(line)?.[1]
  if (fact !== undefined && !FACTS.has(fact)) return null
  return line.replace(/ to \S+ if=\S* hop=-?\d+/, '')
}

/** Sums what arrives and leaves in pieces whose number depends on the run. */
function addToTotals(totals: Map<string, Map<string, number>>, object: string, line: string): boolean {
  const add = (name: string, value: number) => {
    const sums = totals.get(object) ?? new Map<string, number>()
    totals.set(object, sums.set(name, (sums.get(name) ?? 0) + value))
  }
  if (/^\w+ readyRead\b/.test(line)) return true
  const written = /^\w+ bytesWritten (\d+)/.exec(line)
  if (written !== null) add('bytesWritten', Number(written[1]))
  const read = /^\w+ (?:readAll|readLine|read) (\d+)/.exec(line)
  if (read !== null) add('read', Number(read[1]))
  return written !== null || read !== null
}

function withoutCounts(line: string): string {
  return line.replace(/ (?:readyRead|batches|avail|towrite)=\d+/g, '')
}

function sameLine(expected: string, actual: string): boolean {
  if (expected === actual) return true
  const left = resultOf(expected)
  const right = resultOf(actual)
  if (left === null || right === null || left.call !== right.call) return false
  if (left.value !== right.value || left.data !== right.data) return false
  // A description may name what the other does not: only the common names are compared, at least one.
  const common = [...left.fields.keys()].filter((name) => right.fields.has(name))
  if (common.length === 0 && left.fields.size + right.fields.size > 0 && left.value === '') return false
  return common.every((name) => left.fields.get(name) === right.fields.get(name))
}

interface Result {
  call: string
  value: string
  data: string
  fields: Map<string, string>
}

/** `> c.write un = 2 towrite=2`: the call, its value, its fields. */
function resultOf(line: string): Result | null {
  const parts = /^(> \w+\.\w+.*?) = (.*)$/.exec(line)
  if (parts === null) return null
  const fields = new Map<string, string>()
  const data = /(?:^|\s)("(?:\\.|[^"\\])*")/.exec(parts[2]!)?.[1] ?? ''
  const rest = parts[2]!
    .replace(data, '')
    .replace(/(\w+)=(\S*(?: «[^»]*»)?)/g, (_, name: string, value: string) => {
      fields.set(name, value)
      return ''
    })
  return { call: parts[1]!, value: rest.trim(), data, fields }
}
