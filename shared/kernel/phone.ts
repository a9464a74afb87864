/** Phone numbers: E.164 where they can be understood, as typed where not. */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js'

const parse = (text: string, country?: CountryCode) =>
  parsePhoneNumberFromString(text, {
    // A number inside other text is left there: extracting it would throw the text away.
    extract: false,
    ...(country === undefined ? {} : { defaultCountry: country }),
  })

/**
 * The number in E.164 (`+4930123456`), or the trimmed text where it cannot be read as a number.
 * E.164 has no extensions, so a number with one stays as typed too.
 */
export const normalisePhone = (text: string, country?: CountryCode): string => {
  const trimmed = text.trim()
  const parsed = parse(trimmed, country)
  return parsed?.isPossible() && parsed.ext === undefined ? parsed.number : trimmed
}

/** The number for people, in international format; text that is no E.164 number as it is. */
export const formatPhone = (text: string): string =>
  (text.startsWith('+') ? parse(text)?.formatInternational() : undefined) ?? text
