// Run inside a page of the book, whatever engine shows it: what can be seen, and in what colours.
(({ left, top, width, height, within }) => {
  const root = within ? document.querySelector(within) : document.body
  const isSeen = box =>
    box.width > 0 && box.height > 0 &&
    box.left + left + box.width / 2 > 0 && box.left + left + box.width / 2 < width &&
    box.top + top + box.height / 2 > 0 && box.top + top + box.height / 2 < height

  const channels = colour => {
    const [red, green, blue, opacity = 1] = (colour.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number)
    return [red, green, blue, opacity]
  }
  const over = (upper, lower) =>
    [0, 1, 2].map(n => upper[n] * upper[3] + lower[n] * (1 - upper[3])).concat(1)
  // https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
  const luminance = colour => {
    const [red, green, blue] = colour.map(value => {
      const share = value / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  }
  const known = new Map()
  const ground = element => {
    if (!element) return channels('rgb(255, 255, 255)')
    if (!known.has(element)) {
      const own = channels(getComputedStyle(element).backgroundColor)
      known.set(element, own[3] === 1 ? own : over(own, ground(element.parentElement)))
    }
    return known.get(element)
  }

  const words = []
  const pale = []
  const sizes = {}
  let least = 21
  let colour = ''
  const nodes = document.createTreeWalker(root ?? document.body, NodeFilter.SHOW_TEXT)
  while (nodes.nextNode()) {
    const node = nodes.currentNode
    const around = node.parentElement
    if (!node.data.trim() || around.closest('script, style, head, [data-vivliostyle-toc-box]')) continue
    if (!around.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const boxes = [...range.getClientRects()]
    if (!boxes.length) continue
    const style = getComputedStyle(around)
    const value = contrast(over(channels(style.color), ground(around)), ground(around))
    if (value < least) least = value
    if (value < 4.5) pale.push(`${around.tagName}.${around.className}: ${style.color} ${node.data.trim().slice(0, 30)}`)
    const name = around.tagName.toLowerCase()
    sizes[name] ??= parseFloat(style.fontSize)
    if (name === 'p') colour ||= style.color
    if (boxes.every(isSeen)) words.push(node.data)
    else if (boxes.some(isSeen)) {
      for (const { index, 0: word } of node.data.matchAll(/[^\s]+/g)) {
        range.setStart(node, index)
        range.setEnd(node, index + word.length)
        if ([...range.getClientRects()].some(isSeen)) words.push(word)
      }
    }
  }
  const wide = [...(root ?? document.body).querySelectorAll('img, svg, table, pre, figure, h1, h2, p, div.table')]
    .filter(element => element.scrollWidth > element.clientWidth + 2 && element.clientWidth > 0)
    .map(element => `${element.tagName}.${element.className}`)
  return { words: words.join(' '), least, pale, sizes, colour, wide }
})
