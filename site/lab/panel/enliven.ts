/** What is `inert` in the HTML may be clicked from now on: somebody listens. */
export function enliven(root: ParentNode): void {
  for (const element of root.querySelectorAll('[inert]')) element.removeAttribute('inert')
}
