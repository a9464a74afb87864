/** Prometheus metrics of the server. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** A registry of its own, so that several servers can live in one test process. */
export const createMetrics = () => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    requests: new Histogram({
      name: 'roadbook_http_request_seconds',
      help: 'Duration of HTTP requests',
      labelNames: ['method', 'status'],
      registers,
    }),
    connections: new Gauge({
      name: 'roadbook_sync_connections',
      help: 'Open sync connections',
      registers,
    }),
    edits: new Counter({
      name: 'roadbook_edits_total',
      help: 'Edits that the gate decided on',
      labelNames: ['outcome'],
      registers,
    }),
    corruptRows: new Counter({
      name: 'roadbook_corrupt_rows_total',
      help: 'Stored rows that could not be read',
      registers,
    }),
  }
}
