/** The keyboard of a program, as Node's handle of a terminal. */
import { ERRNO } from '../../network.ts'
import { StreamHandle } from './stream.ts'

export class Keyboard extends StreamHandle {
  protected override put(): number {
    return ERRNO.EBADF
  }

  protected override release(): void {}

  /** Ctrl+D on an empty line. */
  end(): void {
    this.ended = true
    this.schedule()
  }

  shutdown(): number {
    return ERRNO.ENOTCONN
  }

  setRawMode(): number {
    return 0
  }
}
