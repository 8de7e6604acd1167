import { z } from 'zod'
import { projectSchema } from './gateway-schema.ts'
import { itemSchemas } from './named-entries.ts'
import { envoyPluginSchema, wasmPluginDocumentSchema, wasmPluginSpecSchema } from './plugin-schema.ts'
import { scenarioSchema } from './scenario-schema.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

function jsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: target }) => {
      const item = itemSchemas.get(zodSchema)
      if (!item) return
      const { $schema: _, ...inner } = jsonSchema(item)
      target.additionalProperties = inner
    },
  })
}

/** JSON Schema (draft 7) of each kind of project file, for completion in the editor and to publish. */
export const jsonSchemas = (): Readonly<Record<'project' | 'plugin' | 'scenario', JsonSchema>> => ({
  project: jsonSchema(projectSchema),
  plugin: jsonSchema(z.union([wasmPluginDocumentSchema, envoyPluginSchema, wasmPluginSpecSchema])),
  scenario: jsonSchema(scenarioSchema),
})
