/** Where the learner is in the course: the section opened last, and those read to their end. */
import { lasting } from './store.ts'

const LAST = 'derniere-section'
const READ = 'lu:'

/** The section opened last, or null for a new visitor. */
export function lastSection(): string | null {
  return lasting.read(LAST)
}

export function keepLastSection(section: string): void {
  lasting.write(LAST, section)
}

/** Whether the end of the section has been on screen. */
export function isRead(section: string): boolean {
  return lasting.read(READ + section) !== null
}

export function keepRead(section: string): void {
  lasting.write(READ + section, 'oui')
}
