/** What libuv's handles and requests have in common, seen from Node's own code. */
import type { Handle as Living } from '../loop.ts'
import { loop } from '../realm.ts'

/** Where a stream tells its last operation, as Node's C++ does: indexes of `streamBaseState`. */
export const STATE = { read: 0, offset: 1, written: 2, async: 3, error: 4 } as const
export const streamBaseState = new Int32Array(6)

export abstract class Handle implements Living {
  refed = true
  closed = false
  reading = false
  readonly fd = -1

  constructor() {
    loop.handles.add(this)
  }

  abstract active(): boolean
  /** Gives back what it holds. */
  protected abstract release(): void

  ref(): void {
    this.refed = true
    loop.wake()
  }

  unref(): void {
    this.refed = false
    loop.wake()
  }

  hasRef(): boolean {
    return this.refed && !this.closed
  }

  getAsyncId(): number {
    return 1
  }

  getProviderType(): number {
    return 0
  }

  close(callback?: () => void): void {
    if (this.closed) return
    this.closed = true
    this.release()
    loop.closing(() => {
      loop.handles.delete(this)
      callback?.call(this)
    })
  }
}

/** A request: Node sets its fields, and is called back. */
export class Request {
  declare oncomplete?: (status: number, ...rest: unknown[]) => void
}

export class ShutdownWrap extends Request {}
export class TCPConnectWrap extends Request {}
export class PipeConnectWrap extends Request {}
export class SendWrap extends Request {}

export class WriteWrap extends Request {
  /** Status of a write that ended before Node asked to be told. */
  writeStatus: number | null = null

  done(status: number): void {
    if (this.oncomplete) this.oncomplete(status)
    else this.writeStatus = status
  }
}
