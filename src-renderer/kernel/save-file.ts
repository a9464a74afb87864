/** Lets the user keep a text as a file. */
export const saveFile = async (name: string, text: string, type: string): Promise<void> => {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  anchor.click()
  // The browser has taken what it needs by the next turn.
  setTimeout(() => URL.revokeObjectURL(url))
}
