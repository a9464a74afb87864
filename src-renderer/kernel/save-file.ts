/** Lets the user keep something as a file. */
export const saveFile = (name: string, content: Blob): void => {
  const url = URL.createObjectURL(content)
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  anchor.click()
  // The browser has taken what it needs by the next turn.
  setTimeout(() => URL.revokeObjectURL(url))
}

/** A text as a file's content. */
export const textFile = (text: string, type: string): Blob =>
  new Blob([text], { type: `${type};charset=utf-8` })
