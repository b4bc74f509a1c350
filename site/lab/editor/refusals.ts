/** Why a file of the learner was not opened, or not saved, in words. Pure. */
import { EDITOR, FILE_REFUSALS, SHELL } from '../../texts.ts'
import { FileError, type WorkFiles } from '../link/source.ts'

type Keeper = Pick<WorkFiles, 'inPage'>

/** `answering`: what runs the programs answers the page. */
export function notOpened(error: unknown, { inPage }: Keeper, answering: boolean): string {
  if (error instanceof FileError && error.refusal)
    return EDITOR.notOpened(FILE_REFUSALS[error.refusal.reason])
  const silent = error instanceof FileError || !answering
  return silent ? EDITOR.unreachable[inPage ? 'page' : 'runner'] : SHELL.partMissing
}

export function notSaved(refusal: FileError['refusal'], { inPage }: Keeper): string {
  return refusal ? EDITOR.refused(FILE_REFUSALS[refusal.reason]) : EDITOR.unsaved[inPage ? 'page' : 'runner']
}
