/** Files that a page gives, and takes. */

/** Offers a file to keep. */
export function saveFile(name: string, content: BlobPart, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

/** The text of a file that the learner chooses; null when none is. */
export function chooseFile(accept: string): Promise<string | null> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  const { promise, resolve } = Promise.withResolvers<string | null>()
  input.addEventListener('change', () => resolve(input.files?.[0]?.text() ?? null))
  input.addEventListener('cancel', () => resolve(null))
  input.click()
  return promise
}
