/** How the token is named: in the fragment of the address that the runner prints, and where the tab keeps it. */
export const TOKEN = 'jeton'
export const FRAGMENT = /^#jeton=([\w-]{16,})$/
