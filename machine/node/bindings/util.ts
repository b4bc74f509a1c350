/** Node's `internalBinding('util')` and `internalBinding('types')`: what JavaScript can tell of a value by itself. */
import { Shared } from '../../role/pause.ts'

type Named = Record<string, unknown>

const tagOf = (value: unknown) => Object.prototype.toString.call(value).slice('[object '.length, -1)
const tagged = (tag: string) => (value: unknown) =>
  typeof value === 'object' && value !== null && tagOf(value) === tag
const BOXED = ['Number', 'String', 'Boolean', 'BigInt', 'Symbol']

export const types = {
  isExternal: () => false,
  isDate: tagged('Date'),
  isArgumentsObject: tagged('Arguments'),
  isBigIntObject: tagged('BigInt'),
  isBooleanObject: tagged('Boolean'),
  isNumberObject: tagged('Number'),
  isStringObject: tagged('String'),
  isSymbolObject: tagged('Symbol'),
  isBoxedPrimitive: (value: unknown) =>
    typeof value === 'object' && value !== null && BOXED.includes(tagOf(value)),
  isNativeError: (value: unknown) => value instanceof Error,
  isRegExp: tagged('RegExp'),
  isAsyncFunction: (value: unknown) => typeof value === 'function' && tagOf(value).startsWith('Async'),
  isGeneratorFunction: (value: unknown) =>
    typeof value === 'function' && tagOf(value).endsWith('GeneratorFunction'),
  isGeneratorObject: tagged('Generator'),
  isPromise: (value: unknown) => value instanceof Promise,
  isMap: (value: unknown) => value instanceof Map,
  isSet: (value: unknown) => value instanceof Set,
  isMapIterator: tagged('Map Iterator'),
  isSetIterator: tagged('Set Iterator'),
  isWeakMap: (value: unknown) => value instanceof WeakMap,
  isWeakSet: (value: unknown) => value instanceof WeakSet,
  isArrayBuffer: tagged('ArrayBuffer'),
  isDataView: (value: unknown) => value instanceof DataView,
  isSharedArrayBuffer: tagged('SharedArrayBuffer'),
  isAnyArrayBuffer: (value: unknown) => tagged('ArrayBuffer')(value) || tagged('SharedArrayBuffer')(value),
  isProxy: () => false,
  isModuleNamespaceObject: tagged('Module'),
  isCryptoKey: () => false,
  isKeyObject: () => false,
  isEventTarget: (value: unknown) => value instanceof EventTarget,
}

const symbols = new Map<string, symbol>()

/** Any name gives a symbol, always the same. */
export const privateSymbols = new Proxy<Record<string, symbol>>(
  {},
  {
    get: (_, name) => {
      const key = String(name)
      if (!symbols.has(key)) symbols.set(key, Symbol(key))
      return symbols.get(key)
    },
  },
)

const isIndex = (key: string | symbol) => typeof key === 'string' && /^(0|[1-9]\d*)$/.test(key)

/** Filter that keeps enumerable properties only. */
const ONLY_ENUMERABLE = 2

function getOwnNonIndexProperties(value: object, filter: number): (string | symbol)[] {
  const kept = Reflect.ownKeys(value).filter((key) => !isIndex(key))
  if (filter !== ONLY_ENUMERABLE) return kept
  return kept.filter((key) => Object.prototype.propertyIsEnumerable.call(value, key))
}

function previewEntries(value: Iterable<unknown>, isIterator?: boolean): unknown {
  const entries = [...value]
  const pairs = entries.length > 0 && Array.isArray(entries[0])
  const flat = pairs ? entries.flat() : entries
  return isIterator ? [flat, pairs] : flat
}

function getConstructorName(value: object): string {
  for (let at: object | null = value; at; at = Object.getPrototypeOf(at)) {
    const made: unknown = Object.getOwnPropertyDescriptor(at, 'constructor')?.value
    if (typeof made === 'function' && made.name) return made.name
  }
  return ''
}

class Kept {
  readonly #value: unknown

  constructor(value: unknown) {
    this.#value = value
  }

  get(): unknown {
    return this.#value
  }
}

/** `load` requires a module of Node. */
export function utilBinding(load: (id: string) => unknown) {
  function defineLazyProperties(target: object, id: string, keys: readonly string[], enumerable = true) {
    for (const key of keys) {
      const set = (value: unknown) =>
        Object.defineProperty(target, key, { value, writable: true, configurable: true, enumerable })
      const get = () => {
        const value = (load(id) as Named)[key]
        set(value)
        return value
      }
      Object.defineProperty(target, key, { get, set, configurable: true, enumerable })
    }
  }
  return {
    constants: {
      kPending: 0,
      kFulfilled: 1,
      kRejected: 2,
      kExiting: 0,
      kExitCode: 1,
      kHasExitCode: 2,
      ALL_PROPERTIES: 0,
      ONLY_WRITABLE: 1,
      ONLY_ENUMERABLE,
      ONLY_CONFIGURABLE: 4,
      SKIP_STRINGS: 8,
      SKIP_SYMBOLS: 16,
      kDisallowCloneAndTransfer: 0,
      kTransferable: 1,
      kCloneable: 2,
    },
    privateSymbols,
    shouldAbortOnUncaughtToggle: [0],
    WeakReference: Kept,
    defineLazyProperties,
    getOwnNonIndexProperties,
    previewEntries,
    getConstructorName,
    guessHandleType: () => 'TTY',
    isInsideNodeModules: () => false,
    isConstructor: (value: unknown) => typeof value === 'function',
    isArrayBufferDetached: (value: ArrayBuffer) => value.detached,
    arrayBufferViewHasBuffer: () => true,
    constructSharedArrayBuffer: (size: number) => new Shared(size),
    getCallSites: () => [],
    getCallerLocation() {},
    getPromiseDetails: () => [0, undefined],
    getProxyDetails() {},
    getExternalValue: () => 0n,
    toUSVString: (text: string) => text.toWellFormed(),
    parseEnv: () => ({}),
    sleep() {},
  }
}
