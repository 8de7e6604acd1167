import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/** One project as kept in this browser. `version` is the format of this record, migrated one step at a time. */
export type SavedProject = {
  readonly version: 1
  readonly id: string
  readonly files: Readonly<Record<string, string>>
  readonly binaries: Readonly<Record<string, Uint8Array>>
  readonly tabs: readonly string[]
  readonly active: string | undefined
  /** Milliseconds since 1970. */
  readonly savedAt: number
}

interface Schema extends DBSchema {
  projects: { key: string; value: SavedProject; indexes: { savedAt: number } }
}

let database: Promise<IDBPDatabase<Schema>> | undefined

function open(): Promise<IDBPDatabase<Schema>> {
  database ??= openDB<Schema>('proxyground', 1, {
    upgrade(db) {
      const store = db.createObjectStore('projects', { keyPath: 'id' })
      store.createIndex('savedAt', 'savedAt')
    },
  })
  return database
}

export async function saveProject(project: SavedProject): Promise<void> {
  await (await open()).put('projects', project)
}

export async function loadProject(id: string): Promise<SavedProject | undefined> {
  return readable(await (await open()).get('projects', id))
}

/** Newest first. */
export async function listProjects(): Promise<readonly SavedProject[]> {
  const all = await (await open()).getAllFromIndex('projects', 'savedAt')
  return all.reverse().flatMap((record) => readable(record) ?? [])
}

/** A record of a newer version is left alone, never read wrongly and never overwritten by this one. */
const readable = (record: SavedProject | undefined): SavedProject | undefined =>
  record?.version === 1 ? record : undefined
