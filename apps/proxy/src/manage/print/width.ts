const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
// East Asian wide and fullwidth forms, and emoji: two columns of a terminal each (Unicode Standard Annex 11).
const wide = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u
const ascii = /^[\x20-\x7E]*$/

/** Columns of a terminal that a text takes. */
export function widthOf(text: string): number {
  if (ascii.test(text)) return text.length
  let width = 0
  for (const { segment } of graphemes.segment(text)) width += wide.test(segment) ? 2 : 1
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
  for (const { segment } of graphemes.segment(text)) {
    const more = widthOf(segment)
    if (used + more > width - 1) break
    kept += segment
    used += more
  }
  return `${kept}…`
}
