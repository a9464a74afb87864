/** The same contact of eleven fields for us and for the peers. */
const first = ['Ada', 'Björn', 'Chloé', 'Dmitri', 'Elif', 'Femi', 'Grace', 'Hiro', 'Inés', 'Jonas']
const last = ['Lovelace', 'Åkesson', 'Dubois', 'Ivanov', 'Yılmaz', 'Adeyemi', 'Hopper', 'Tanaka']

export const contactValues = (index: number): { [field: string]: unknown } => {
  const firstName = first[index % first.length] ?? 'Ada'
  const lastName = `${last[index % last.length] ?? 'Lovelace'} ${index}`
  return {
    firstName,
    lastName,
    email: `person${index}@company${index % 997}.example`,
    phone: `+4930${String(1_000_000 + index)}`,
    jobTitle: 'Head of procurement',
    department: 'Purchasing',
    source: 'website',
    lifecycleStage: 'lead',
    locale: 'de-DE',
    score: index % 100,
    active: true,
  }
}
