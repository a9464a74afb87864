import { describe, expect, it } from 'vitest'
import { readSettings } from './env'

describe('settings', () => {
  it('have defaults for everything', () => {
    expect(readSettings({})).toMatchObject({
      port: 8012,
      host: '127.0.0.1',
      logLevel: 'info',
      databaseFile: expect.stringMatching(/data.roadbook\.sqlite$/),
    })
  })

  it.each([
    [{ PORT: 'eighty' }, 'PORT is eighty, but should be a port'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is loud'],
    [{ DATABASE_URL: 'postgres://db/crm' }, 'PostgreSQL'],
    [{ DATABASE_URL: 'roadbook.sqlite' }, 'such as DATABASE_URL=file:'],
    [{ APP_URL: 'crm.example.com' }, 'APP_URL is crm.example.com'],
  ])('that are wrong are named with an example: %o', (env, message) => {
    expect(() => readSettings(env)).toThrow(message)
  })

  it('never show a secret', () => {
    expect(() => readSettings({ JWT_SECRET: 'short-secret' })).toThrow(/^(?!.*short-secret)/)
  })
})
