/** Blocking for a while, as a system call does: allowed in a worker. */

/**
 * `SharedArrayBuffer`, whose name alone is hidden from pages that are not isolated: a shared memory of WebAssembly has
 * one, and it works inside one worker.
 */
export const Shared: SharedArrayBufferConstructor =
  globalThis.SharedArrayBuffer ??
  (new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer
    .constructor as unknown as SharedArrayBufferConstructor)

const never = new Int32Array(new Shared(4))

/** Blocks this worker for `ms` milliseconds. */
export function pause(ms: number): void {
  Atomics.wait(never, 0, 0, ms)
}
