/** The only script of the labs that a page loads at once: fetches the panel when one comes near the viewport. */

const NEAR = '600px'

const observer = new IntersectionObserver(
  (entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return
    observer.disconnect()
    void import('./panel.ts')
  },
  { rootMargin: NEAR },
)
for (const panel of document.querySelectorAll('lab-panel')) observer.observe(panel)
