/** What is drawn in the page: a shape that remains as it was is not made anew. */

export class Drawn {
  readonly #svg: SVGElement
  /** For each layer, its shapes as they were written. */
  readonly #layers: { group: SVGElement; shapes: Map<string, Element> }[] = []

  constructor(svg: SVGElement) {
    this.#svg = svg
  }

  /** Shows these shapes, layer over layer. */
  show(layers: readonly (readonly string[])[]): void {
    for (const [rank, wanted] of layers.entries()) {
      const { group, shapes } = this.#layers[rank] ?? this.#newLayer()
      const asked = new Set(wanted)
      for (const [shape, element] of shapes) {
        if (asked.has(shape)) continue
        element.remove()
        shapes.delete(shape)
      }
      const added = [...asked].filter((shape) => !shapes.has(shape))
      if (added.length === 0) continue
      const first = group.childElementCount
      group.insertAdjacentHTML('beforeend', added.join(''))
      for (const [at, shape] of added.entries()) shapes.set(shape, group.children[first + at]!)
    }
  }

  #newLayer() {
    const group = document.createElementNS('http://www.w3.org/2000/svg', 'g')
    this.#svg.append(group)
    const layer = { group, shapes: new Map<string, Element>() }
    this.#layers.push(layer)
    return layer
  }
}
