/** The learner's files: in `travail/` where a runner keeps them, in the browser elsewhere. */
import { Store } from '../../learner/store.ts'
import { live } from './live.ts'
import { LocalFiles } from './local-files.ts'
import type { WorkFiles } from './source.ts'

const local = new LocalFiles(
  new Store(() => localStorage),
  async (lab) => (await (await import('./machine-files.ts')).workOf(lab)).texts,
)

/** Who keeps them now. */
function keeper(): WorkFiles {
  return document.documentElement.dataset.runner === 'simulated' ? local : live.files!
}

export const workFiles: WorkFiles = {
  get fleeting() {
    return keeper().fleeting ?? false
  },
  get inPage() {
    return keeper().inPage ?? false
  },
  list: (lab) => keeper().list(lab),
  read: (lab, file) => keeper().read(lab, file),
  write: (lab, file, text, base) => keeper().write(lab, file, text, base),
  readKept: (lab, file, name) => keeper().readKept(lab, file, name),
  keep: (lab, file, name, text) => keeper().keep(lab, file, name, text),
  watch(listener) {
    const [first, second] = [local, live.files!].map((files) =>
      files.watch((change) => {
        if (keeper() === files) listener(change)
      }),
    )
    return () => {
      first!()
      second!()
    }
  },
}
