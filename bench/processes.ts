/** Child processes of the benchmarks: started, measured, stopped. */
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')

/** A port that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

const untilListening = async (port: number, child: ChildProcess): Promise<void> => {
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

export type Running = {
  port: number
  /** Resident memory now, in MB. */
  memoryMb: () => number
  /** Resolves once the process has next to nothing to do. */
  quiet: () => Promise<void>
  stop: () => Promise<void>
}

const residentMb = (pid: number | undefined): number => {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}

/** Milliseconds of processor time used so far; a tick of Linux is 10 ms. */
const usedMs = (pid: number | undefined): number => {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
  return (Number(user) + Number(system)) * 10
}

/** Resolves once a process has used less than a twentieth of a core for two seconds. */
const untilQuiet = async (pid: number | undefined): Promise<void> => {
  for (let before = Number.NEGATIVE_INFINITY; ; ) {
    const used = usedMs(pid)
    if (used - before < 100) return
    before = used
    await new Promise((resolve) => setTimeout(resolve, 2000))
  }
}

/** Starts `node ARGS` with `PORT` set and waits until it listens there. */
export const startNode = async (
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Running> => {
  const port = await freePort()
  const child = spawn(process.execPath, [...args], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env, PORT: String(port), HOST: '127.0.0.1' },
  })
  await untilListening(port, child)
  return {
    port,
    memoryMb: () => residentMb(child.pid),
    quiet: () => untilQuiet(child.pid),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

/** Our server on an empty or given folder, with a workspace and its owner's access token. */
export const startRoadbook = async (
  dataDir?: string,
): Promise<Running & { dataDir: string; token: string }> => {
  const folder = dataDir ?? fs.mkdtempSync(path.join(os.tmpdir(), 'roadbook-bench-'))
  const running = await startNode(['out/server/main.js'], { DATA_DIR: folder, LOG_LEVEL: 'error' })
  const base = `http://127.0.0.1:${running.port}/api/v1/auth`
  const owner = { email: 'owner@bench.test', password: 'bench-password' }
  const post = (name: string, body: object) =>
    fetch(`${base}/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const workspace = { workspace_name: 'Bench', workspace_slug: 'bench', name: 'Owner' }
  const answer =
    dataDir === undefined
      ? await post('setup', { ...workspace, ...owner })
      : await post('login', owner)
  const { access_token: token } = (await answer.json()) as { access_token: string }
  const stop = async () => {
    await running.stop()
    if (dataDir === undefined) fs.rmSync(folder, { recursive: true, force: true })
  }
  return { ...running, stop, dataDir: folder, token }
}
