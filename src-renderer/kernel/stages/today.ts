/** The calendar day on this machine's clock and in its time zone. */
export const today = (now = new Date()): string => {
  const part = (value: number): string => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${part(now.getMonth() + 1)}-${part(now.getDate())}`
}
