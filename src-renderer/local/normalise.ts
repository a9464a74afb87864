/** Text as search, sorting and *contains* see it: lower case, no accents. */

const letters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

/** Lower case without accents; letters that Unicode does not decompose are spelled out. */
export const normalise = (text: string): string => {
  const lower = text.toLowerCase()
  if (!/[^ -~\s]/.test(lower)) return lower
  return lower
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => letters[letter] ?? letter)
}

/** The digits of a phone number. */
export const digitsOf = (text: string): string => text.replace(/\D/g, '')
