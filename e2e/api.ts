/** The REST API as a signed-in person, to set the stage of a spec. */
import { demoPassword } from './app-page'

type Login = { access_token: string; user: { id: string } }
type Item = { id: string; [field: string]: unknown }

const logIn = async (url: string, email: string): Promise<Login> => {
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: demoPassword }),
  })
  if (!answer.ok) throw new Error(`cannot sign in: ${await answer.text()}`)
  // The answer of our own server.
  return (await answer.json()) as Login
}

/** An access token of a person of the demo workspace. */
export const bearerFor = async (url: string, email: string): Promise<string> =>
  (await logIn(url, email)).access_token

export const signedIn = async (url: string, email = 'sales@demo.test') => {
  const headers = new Headers({ 'content-type': 'application/json' })
  const answerTo = async (method: string, path: string, body?: object): Promise<Response> => {
    const json = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await fetch(`${url}/api/v1/${path}`, { method, headers, ...json })
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return answer
  }
  const call = async (method: string, path: string, body?: object): Promise<unknown> =>
    (await answerTo(method, path, body)).json()
  const login = await logIn(url, email)
  headers.set('authorization', `Bearer ${login.access_token}`)
  return {
    userId: login.user.id,
    get: async (path: string) => (await call('GET', `crm/${path}`)) as Item,
    text: async (path: string) => (await answerTo('GET', `crm/${path}`)).text(),
    list: async (path: string) => ((await call('GET', `crm/${path}`)) as { items: Item[] }).items,
    patch: async (path: string, body: object) => (await call('PATCH', `crm/${path}`, body)) as Item,
    post: async (path: string, body: object) => (await call('POST', `crm/${path}`, body)) as Item,
  }
}
