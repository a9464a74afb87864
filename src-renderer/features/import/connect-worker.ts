/** Starts the worker that reads files; its address is the app's own, as Trusted Types want it. */
import * as Comlink from 'comlink'
import type { ImportWorker } from './worker'
import workerUrl from './worker?worker&url'

type Policies = {
  createPolicy: (
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ) => { createScriptURL: (url: string) => string }
}

const ownUrl = (url: string): string => {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies }
  const policy = trustedTypes?.createPolicy('roadbook-import', { createScriptURL: (own) => own })
  return policy ? policy.createScriptURL(url) : url
}

const address = ownUrl(workerUrl)

export const connectImportWorker = (): { api: Comlink.Remote<ImportWorker>; stop: () => void } => {
  const worker = new Worker(address, { type: 'module', name: 'import' })
  return { api: Comlink.wrap<ImportWorker>(worker), stop: () => worker.terminate() }
}
