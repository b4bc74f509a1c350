/** Addresses inside the site. It may be served under a prefix: nothing writes an absolute address by itself. */

/** The prefix, without its last slash: empty at the root. Outside the build (in tests), the root. */
const BASE = (import.meta.env?.BASE_URL ?? '/').replace(/\/$/, '')

/** The address of a page or of a file of the site, from its path at the root: `/glossaire/`. */
export function linkTo(path: string): string {
  return BASE + path
}

/** The address of a section's page: « 8.6.7 ». */
export function linkToSection(section: string): string {
  return linkTo(`/chapitre-8/${section.replaceAll('.', '-')}/`)
}
