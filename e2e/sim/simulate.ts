/** Runs one schedule against the real engine and the real gate, and says which invariants broke. */

import { workspace } from '../../server/db/schema'
import { createRandom } from '../../server/demo/random'
import { decodeRow } from '../../server/kernel/store/row-codec'
import { createViewers } from '../../server/kernel/viewers'
import { createView, type View } from '../../server/sync/view'
import { entityNamed } from '../../shared/features'
import { may, type Role, roles } from '../../shared/kernel/access'
import { deriveRecord } from '../../src-renderer/local/record'
import { checkBooks, checkComputer, checkConverged, checkServer, type Held } from './checks'
import { type Computer, createComputer } from './computer'
import { interfere } from './disk'
import { installGlobals } from './globals'
import { createLedger, recordOf } from './ledger'
import { createLoop } from './loop'
import { createNetwork } from './network'
import { createPeople, entitiesInUse } from './people'
import { createSightings } from './sightings'
import { createSimServer, type SimServer } from './sim-server'
import { computerCount, describeStep, type Step } from './steps'
import { type Template, template } from './template'
import { real, type Variant } from './variant'

export type Outcome = {
  /** Empty where every invariant held. */
  violations: string[]
  /** What happened, step by step; the same for the same seed. */
  trace: string[]
}

const yearMs = 365 * 24 * 3600_000
const start = Date.UTC(2026, 0, 15, 12)
/** How long everything may take to come to rest once nothing is broken any more. */
const restMs = 15 * 60_000
const signInEveryMs = 60_000

type World = ReturnType<typeof createWorld>

const createWorld = (seed: number, made: Template, variant: Variant) => {
  const random = createRandom(seed)
  const loop = createLoop(createRandom(seed + 1), start)
  const restoreGlobals = installGlobals(loop, createRandom(seed + 2))
  const violations: string[] = []
  const say = (text: string) => {
    if (!violations.includes(text)) violations.push(text)
  }
  const onError = (error: unknown) =>
    say(`something unforeseen: ${error instanceof Error ? error.message : String(error)}`)
  const roleChanges = new Map<string, { before: string; at: number }>()

  const mayEdit = (userId: string, entityName: string): boolean => {
    const entity = entityNamed(entityName)
    const change = roleChanges.get(userId)
    // Whoever lost a role while a push was being judged may still have had it.
    const held = [server.roleOf(userId), ...(change?.at === loop.now() ? [change.before] : [])]
    return (
      entity !== undefined &&
      roles.some((role) => held.includes(role) && may(role, 'update', entity))
    )
  }

  const ledger = createLedger({
    stateOf: (entity, id) =>
      server
        .db()
        .$client.prepare<[string, string], Buffer>(
          'select state from record where entity = ? and id = ?',
        )
        .pluck()
        .get(entity, id),
    mayEdit,
    onViolation: say,
  })
  const server: SimServer = createSimServer({
    loop,
    template: made,
    variant,
    onDecided: (decisions) => {
      ledger.decided(decisions)
      sightings.note(
        decisions.flatMap(({ edit: { entity, id }, outcome }) =>
          outcome.ok ? [{ entity, id, row: outcome.row }] : [],
        ),
      )
    },
    onDrop: ({ process }) => network.drop(process),
    onError,
  })
  const sightings = createSightings({
    users: made.people.map(({ userId }) => userId),
    viewOf: (userId, role) => viewOf(userId, server, role),
    now: loop.now,
    held: () => heldBy(server),
  })
  sightings.noteAll()
  const network = createNetwork({ loop, random, serving: server.serving })
  const computers = Array.from({ length: computerCount }, (_, index) =>
    createComputer({
      name: `computer ${index}`,
      person: made.people[index % made.people.length] ?? { userId: '', email: '', role: 'owner' },
      loop,
      random,
      network,
      variant,
      onError,
    }),
  )
  return {
    loop,
    server,
    computers,
    ledger,
    sightings,
    violations,
    say,
    roleChanges,
    act: createPeople({ loop, ledger, onViolation: say, onError }),
    state: { snapshot: undefined as Buffer | undefined },
    close: () => {
      for (const computer of computers) computer.kill()
      server.close()
      restoreGlobals()
    },
  }
}

/** Whether the computer that an edit was made on has its record: a small copy may have dropped it. */
const isHeldBy =
  (computers: readonly Computer[]) =>
  (record: string, device: string): boolean =>
    computers.some(({ disk }) => {
      if (!disk.meta()?.devices.includes(device)) return false
      const [entity = '', id = ''] = record.split(' ')
      return (
        disk.rows(entity).some((row) => row.id === id) ||
        disk.outbox().some((entry) => recordOf(entry) === record)
      )
    })

const setRole = (world: World, computer: Computer, role: Role): void => {
  const { userId } = computer.person
  const before = world.server.roleOf(userId)
  world.roleChanges.set(userId, { before, at: world.loop.now() })
  world.server.setRole(userId, role)
  world.sightings.roleChanged(userId, before)
}

/** What no person does in a window. */
const happen = async (world: World, computer: Computer, step: Step): Promise<void> => {
  const { server, state } = world
  if (step.do === 'offline' || step.do === 'online') computer.setOnline(step.do === 'online')
  else if (step.do === 'cut') computer.cut(step)
  else if (step.do === 'slow') computer.isSlow = step.isSlow
  else if (step.do === 'kill') computer.kill()
  else if (step.do === 'boot') computer.boot()
  else if (step.do === 'clock') computer.skewMs = step.years * yearMs
  else if (step.do === 'wait') await world.loop.run({ ms: step.ms })
  else if (step.do === 'role') setRole(world, computer, step.role)
  else if (step.do === 'killServer') server.kill()
  else if (step.do === 'startServer') server.start()
  else if (step.do === 'snapshot') state.snapshot = server.snapshot()
  else if (step.do === 'restore' && state.snapshot) {
    server.restore(state.snapshot)
    world.sightings.noteAll()
    world.ledger.restored(isHeldBy(world.computers))
    server.start()
  }
}

const head = (server: SimServer): { seq: number; epoch: string } | undefined =>
  server
    .db()
    .$client.prepare<[], { seq: number; epoch: string }>(
      'select last_seq as seq, epoch from workspace',
    )
    .get()

const viewOf = (userId: string, server: SimServer, held = server.roleOf(userId)): View => {
  const role = roles.find((name) => name === held) ?? 'read_only'
  const [{ id: workspaceId = '' } = {}] = server.db().select().from(workspace).all()
  return createView(createViewers(server.db())({ workspaceId, userId, role }))
}

const isAtRest = (world: World): boolean => {
  const at = head(world.server)
  return world.computers.every((computer) => {
    const { disk } = computer
    const meta = disk.meta()
    const { floor = 0, downTo = 0, keptAfter } = meta ?? {}
    return (
      floor <= downTo &&
      keptAfter === undefined &&
      meta?.access === viewOf(computer.person.userId, world.server).access &&
      meta?.epoch === at?.epoch &&
      meta?.cursor === at?.seq &&
      meta?.isReoffering === false &&
      disk.outbox().length === 0 &&
      !disk.isWriting()
    )
  })
}

/** Everything works again: whatever is still to be exchanged is. */
const comeToRest = async (world: World): Promise<boolean> => {
  const { loop, server, computers } = world
  server.start()
  for (const computer of computers) {
    computer.isSlow = false
    computer.boot()
    await loop.run({ tasks: 5 })
    computer.setOnline(true)
  }
  const end = loop.now() + restMs
  while (loop.now() < end) {
    const round = loop.now() + signInEveryMs
    while (loop.now() < round) {
      await loop.run({ ms: 2_500 })
      if (isAtRest(world)) return true
    }
    for (const computer of computers) computer.signIn()
  }
  return false
}

const heldBy = (server: SimServer): Held[] =>
  server
    .db()
    .$client.prepare<[], { entity: string; id: string; seq: number; state: Buffer; row: string }>(
      'select entity, id, seq, state, row from record order by id',
    )
    .all()
    .flatMap(({ row, ...rest }) => {
      const entity = entityNamed(rest.entity)
      const isUsed = entitiesInUse.some((name) => name === rest.entity)
      return entity && isUsed ? [{ ...rest, row: decodeRow(entity, rest.id, row) }] : []
    })

const journalOf = (server: SimServer): Map<string, number> =>
  new Map(
    server
      .db()
      .$client.prepare<[], { device: string; times: number }>(
        'select device, count(*) as times from journal where device is not null group by device',
      )
      .all()
      .map(({ device, times }) => [device, times]),
  )

/** What the policy lets somebody see of all that the server holds, as it is shown to them. */
const visibleTo = (
  computer: Computer,
  server: SimServer,
  held: readonly Held[],
): readonly Held[] => {
  const view = viewOf(computer.person.userId, server)
  return held
    .filter(({ entity, row }) => view.sees(entity, row))
    .map((one) => {
      const state = view.shown(one.entity, one.state)
      const entity = entityNamed(one.entity)
      return entity
        ? { ...one, state, row: deriveRecord(entity, one.id, { state, edits: [] }).row }
        : one
    })
}

const checkRest = async (world: World): Promise<void> => {
  const { server, computers, ledger, say, loop } = world
  const held = heldBy(server)
  checkServer(held, say)
  for (const computer of computers) {
    checkComputer(computer, say)
    checkConverged(computer, visibleTo(computer, server, held), say)
  }
  checkBooks({ ledger, computers, held, journal: journalOf(server) }, say)
  await loop.run({ tasks: 0 })
}

/** Runs a schedule; `seed` decides about everything that the steps leave open. */
export const simulate = async (
  seed: number,
  steps: readonly Step[],
  variant: Variant = real,
): Promise<Outcome> => {
  const world = createWorld(seed, await template(), variant)
  const leaveAlone = interfere(variant.stored)
  const { loop, computers, violations, say } = world
  const trace: string[] = []
  try {
    world.server.start()
    for (const computer of computers) computer.boot()
    await loop.run({ ms: 10_000 })
    for (const step of steps) {
      const computer = computers[step.on]
      if (!computer) continue
      await happen(world, computer, step)
      world.act(computer, step)
      await loop.run({ tasks: step.run, ms: 2_000 })
      trace.push(`${describeStep(step)} -> seq ${head(world.server)?.seq} at ${loop.now() - start}`)
      for (const each of computers) {
        checkComputer(each, say)
        world.sightings.check(each, say)
      }
      if (violations.length > 0) return { violations, trace }
    }
    if (await comeToRest(world)) await checkRest(world)
    else say('it does not come to rest')
    return { violations, trace }
  } finally {
    leaveAlone()
    world.close()
  }
}
