/** Extensions of the media that Gemini reads. Source: https://ai.google.dev/gemini-api/docs/file-input-methods#supported-content-types */
const types: Readonly<Record<string, string>> = {
  png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', webp: 'image/webp', heic: 'image/heic', heif: 'image/heif', gif: 'image/gif', bmp: 'image/bmp',
  pdf: 'application/pdf', txt: 'text/plain', md: 'text/markdown', html: 'text/html', htm: 'text/html', css: 'text/css', csv: 'text/csv', xml: 'text/xml', json: 'application/json', rtf: 'text/rtf',
  mp3: 'audio/mp3', wav: 'audio/wav', aac: 'audio/aac', ogg: 'audio/ogg', flac: 'audio/flac', aiff: 'audio/aiff', m4a: 'audio/m4a', opus: 'audio/opus',
  mp4: 'video/mp4', mpeg: 'video/mpeg', mpg: 'video/mpg', mov: 'video/mov', avi: 'video/avi', flv: 'video/x-flv', webm: 'video/webm', wmv: 'video/wmv', '3gp': 'video/3gpp', '3gpp': 'video/3gpp',
}

/** The media type by the extension of a file name or URL, or undefined. */
export function mediaTypeOf(name: string): string | undefined {
  const path = name.split(/[?#]/, 1)[0] ?? ''
  const extension = /\.([a-z\d]{2,5})$/i.exec(path)?.[1]?.toLowerCase()
  return extension !== undefined && Object.hasOwn(types, extension) ? types[extension] : undefined
}
