/**
 * A folder that stays the one that was checked: no part of its path is a link, and on Linux what is done in it is done
 * there even when someone puts a link in its place meanwhile.
 */
import { constants } from 'node:fs'
import { type FileHandle, lstat, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { RefusedFile } from './text.ts'

/** Where the system lets a path start from a folder that is held open. */
const HOLDS = process.platform === 'linux'
// Windows has no such flags: there, only the checks protect.
const FOLDER = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0)

export interface Folder {
  /** Path of a file of that folder. */
  file(name: string): string
  close(): Promise<void>
}

/**
 * Opens `root/part/part…`, created where it is missing if `create`. Throws a `RefusedFile`: `absent`, or `link` when a
 * part is no real folder.
 */
export async function openFolder(root: string, parts: readonly string[], create: boolean): Promise<Folder> {
  let folder: Folder = { file: () => root, close: async () => {} }
  for (const part of ['', ...parts]) {
    try {
      const inside = await enter(folder.file(part), create)
      await folder.close()
      folder = inside
    } catch (error) {
      await folder.close()
      throw error
    }
  }
  return folder
}

async function enter(path: string, create: boolean): Promise<Folder> {
  if (create) await mkdir(path).catch(tolerate('EEXIST'))
  try {
    return HOLDS ? held(await open(path, FOLDER)) : await checked(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new RefusedFile({ reason: 'absent' })
    if (code === 'ELOOP' || code === 'ENOTDIR') throw new RefusedFile({ reason: 'link' })
    throw error
  }
}

function held(handle: FileHandle): Folder {
  return { file: (name) => `/proc/self/fd/${handle.fd}/${name}`, close: () => handle.close() }
}

async function checked(path: string): Promise<Folder> {
  if (!(await lstat(path)).isDirectory()) throw new RefusedFile({ reason: 'link' })
  return { file: (name) => join(path, name), close: async () => {} }
}

function tolerate(...codes: string[]): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (!codes.includes(error.code ?? '')) throw error
  }
}
