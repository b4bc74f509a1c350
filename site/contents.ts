/** The rail of a page: it shows where one reads, and gives way to a block that needs the whole width. */
const rail = document.querySelector<HTMLElement>('.pd-rail')
const links = new Map(
  [...(rail?.querySelectorAll<HTMLAnchorElement>('a[href^="#"]') ?? [])].map((link) => [
    decodeURIComponent(link.hash.slice(1)),
    link,
  ]),
)

/** Blocks that cross the rail. */
const WIDE = '.pd-lab, .pd-wide, .sl-markdown-content > table:has(th:nth-child(6))'
/** Height of the header, and what stands between it and the rail, in pixels. */
const HEADER = 56
const MARGIN = 28

if (rail && links.size > 0) {
  const headings = [...document.querySelectorAll<HTMLElement>('.sl-markdown-content h2[id]')]
  const passed = new IntersectionObserver(showPlace, { rootMargin: `-${HEADER}px 0px -70% 0px` })
  for (const heading of headings) passed.observe(heading)

  function showPlace(): void {
    const line = innerHeight * 0.3
    const current = headings.findLast((heading) => heading.getBoundingClientRect().top <= line)
    for (const [id, link] of links) {
      if (id === (current ?? headings[0])?.id) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    }
  }

  const crossing = new Set<Element>()
  let crossed: IntersectionObserver | undefined
  /** Watches the blocks that come where the rail stands: from the header to its last line. */
  function watchBlocks(): void {
    crossed?.disconnect()
    crossing.clear()
    const bottom = HEADER + MARGIN + rail!.offsetHeight
    crossed = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) crossing.add(target)
          else crossing.delete(target)
        }
        rail!.toggleAttribute('data-crossed', crossing.size > 0)
      },
      { rootMargin: `-${HEADER}px 0px -${Math.max(0, innerHeight - bottom)}px 0px` },
    )
    for (const block of document.querySelectorAll(WIDE)) crossed.observe(block)
  }
  watchBlocks()
  addEventListener('resize', watchBlocks)
}
