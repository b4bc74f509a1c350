/**
 * Preloaded in a spare process: stops the start of Node just before its main program, until the runner types in its
 * terminal which one that is. Nothing is left of the wait: no handle, no listener, no module, no descriptor. What the
 * runner types is base64 of JSON, in lines, the last one empty: a terminal gives one line at a time, so that nothing
 * meant for the program is read here. Its arguments are modules that programs share: they do nothing when loaded.
 */
const { readSync } = require('node:fs')
const Module = require('node:module')
const { WriteStream } = require('node:tty')
const { getEnvironmentData, isMainThread, setEnvironmentData } = require('node:worker_threads')

/** Where the workers of the program read what it was started with: Node preloads this file there too. */
const STARTED = 'prise-directe'

if (isMainThread) wait()
else startAs(getEnvironmentData(STARTED))

function wait() {
  load()
  const asleep = performance.now()
  run(order())
  hideSleep(performance.now() - asleep)
}

function load() {
  // What the programs of the labs use, loaded while nobody waits.
  for (const name of ['net', 'dgram', 'tty', 'readline', 'util', 'timers/promises']) require(`node:${name}`)
  // Loading `node:util` asks whether errors may be coloured: that must not open the terminal, whose size will change.
  const stderr = Object.getOwnPropertyDescriptor(process, 'stderr')
  Object.defineProperty(process, 'stderr', {
    configurable: true,
    value: Object.create(WriteStream.prototype),
  })
  for (const module of process.argv.slice(2)) require(module)
  Object.defineProperty(process, 'stderr', stderr)
}

/** What to run; ends the process when the runner is gone. */
function order() {
  const bytes = Buffer.alloc(4096)
  let text = ''
  while (!text.endsWith('\n\n') && text !== '\n') {
    const read = readLine(bytes)
    if (read === 0) process.exit(0)
    text += bytes.toString('latin1', 0, read)
  }
  return JSON.parse(Buffer.from(text, 'base64').toString('utf8'))
}

/** @param {Buffer} bytes */
function readLine(bytes) {
  try {
    return readSync(0, bytes)
  } catch {
    return 0
  }
}

/** @param {{ file: string, options: string[], execArgv: string[], preloads: string[], env: Record<string, string | null> }} order */
function run({ file, options, execArgv, preloads, env }) {
  for (const [name, value] of Object.entries(env)) {
    if (value === null) delete process.env[name]
    else process.env[name] = value
  }
  process.argv.splice(1, process.argv.length, file, ...options)
  for (const name of Object.keys(require.cache)) delete require.cache[name]
  setEnvironmentData(STARTED, { execArgv, preloads })
  startAs({ execArgv, preloads })
  // Node has already read the name of its main program, and looks for it next.
  const find = Module._findPath
  Module._findPath = () => {
    Module._findPath = find
    return file
  }
}

/** @param {{ execArgv: string[], preloads: string[] }} started */
function startAs({ execArgv, preloads }) {
  process.execArgv = execArgv
  for (const preload of preloads) require(preload)
}

/**
 * The clocks that count from the start of the process count from the start of the program.
 * @param {number} slept in ms
 */
function hideSleep(slept) {
  const { uptime } = process
  process.uptime = () => uptime() - slept / 1000
  const clock = Object.getPrototypeOf(performance)
  const now = clock.now
  const origin = performance.timeOrigin
  Object.defineProperty(clock, 'now', {
    ...Object.getOwnPropertyDescriptor(clock, 'now'),
    value: { now: () => now.call(performance) - slept }.now,
  })
  Object.defineProperty(clock, 'timeOrigin', {
    ...Object.getOwnPropertyDescriptor(clock, 'timeOrigin'),
    get: () => origin + slept,
  })
}
