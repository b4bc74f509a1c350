/** For the tests: the learner's files straight from the runner's workspace, without a page between. */
import { join } from 'node:path'
import { RefusedFile } from '../../runner/files/text.ts'
import { FileWatch } from '../../runner/files/watch.ts'
import { Workspace } from '../../runner/files/workspace.ts'
import { FileError, type WorkFiles } from '../../site/lab/link/source.ts'

const LABS = join(import.meta.dirname, '..', '..', 'labs')

export function diskFiles(dir: string): WorkFiles & { close(): void } {
  const workspace = new Workspace(LABS, dir)
  const watch = new FileWatch(workspace)
  const told = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer
    } catch (error) {
      throw error instanceof RefusedFile ? new FileError(error.refusal) : error
    }
  }
  return {
    list: (lab) => told(workspace.list(lab)),
    read: (lab, file) => told(workspace.read(lab, file)),
    write: (lab, file, text, base) => told(workspace.write(lab, file, text, base)),
    readKept: (lab, file, name) => told(workspace.readKept(lab, file, name)),
    keep: (lab, file, name, text) => told(workspace.keep(lab, file, name, text, null)).then(() => {}),
    watch: (listener) => watch.listen(listener),
    close: () => watch.close(),
  }
}
