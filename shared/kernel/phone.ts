/** Phone numbers: E.164 where they can be understood, as typed where not. */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js'

/** The number in E.164 (`+4930123456`), or the trimmed text where it cannot be read as a number. */
export const normalisePhone = (text: string, country?: CountryCode): string => {
  const parsed = parsePhoneNumberFromString(text, country)
  return parsed?.isPossible() ? parsed.number : text.trim()
}

/** The number for people, in international format; text that is no E.164 number as it is. */
export const formatPhone = (text: string): string =>
  (text.startsWith('+') ? parsePhoneNumberFromString(text)?.formatInternational() : undefined) ??
  text
