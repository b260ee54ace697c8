let segmenter: Intl.Segmenter | undefined
// East Asian wide and fullwidth forms, and emoji: two columns of a terminal each (Unicode Standard Annex 11).
const wide = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u
const ascii = /^[\x20-\x7E]*$/

/** What a reader takes for one sign. The segmenter takes 10 ms to make, which plain texts need not wait for. */
function signs(text: string): Iterable<string> {
  return ascii.test(text) ? text : Array.from((segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })).segment(text), ({ segment }) => segment)
}

/** Columns of a terminal that a text takes. */
export function widthOf(text: string): number {
  if (ascii.test(text)) return text.length
  let width = 0
  for (const sign of signs(text)) width += wide.test(sign) ? 2 : 1
  return width
}

/** The text in exactly `width` columns: filled up, or cut with an ellipsis. */
export function fit(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const cut = widthOf(text) > width ? shorten(text, width) : text
  const fill = ' '.repeat(width - widthOf(cut))
  return align === 'left' ? cut + fill : fill + cut
}

function shorten(text: string, width: number): string {
  let kept = ''
  let used = 0
  for (const sign of signs(text)) {
    const more = widthOf(sign)
    if (used + more > width - 1) break
    kept += sign
    used += more
  }
  return `${kept}…`
}
