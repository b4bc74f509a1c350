import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Every file under these folders and files of `root`, sorted, with absolute paths. What does not exist is passed over. */
export async function filesUnder(root: string, entries: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const entry of entries) {
    const path = join(root, entry)
    const info = await stat(path).catch(() => null)
    if (info?.isFile()) found.push(path)
    if (!info?.isDirectory()) continue
    for (const item of await readdir(path, { recursive: true, withFileTypes: true })) {
      if (item.isFile()) found.push(join(item.parentPath, item.name))
    }
  }
  return found.sort()
}
