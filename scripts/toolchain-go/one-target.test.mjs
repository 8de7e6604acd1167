import { expect, test } from 'vitest'
import { wasmOperations } from './one-target.mjs'

const table = (entries) => `package ssa

import (
	"cmd/internal/obj"
	"cmd/internal/obj/wasm"
	"cmd/internal/obj/x86"
)

const (
	OpInvalid Op = iota

	OpAMD64ADDQ
	OpWasmI64Add

	OpAdd64
)

var opcodeTable = [...]opInfo{
	{name: "OpInvalid"},
${entries}
	{
		name: "I64Add",
		asm:  wasm.AI64Add,
		reg: regInfo{
			inputs: []inputInfo{
				{0, 281474976776191},
			},
		},
	},

	{
		name:    "Add64",
		generic: true,
	},
}

func (o Op) Asm() obj.As { return opcodeTable[o].asm }

var registersAMD64 = [...]Register{
	{0, x86.REG_AX, "AX"},
}
var registersWasm = [...]Register{
	{0, wasm.REG_R0, "R0"},
}
`

test('operations of other processors keep their numbers and nothing else, nor their packages', () => {
  const before = table('\n\t{\n\t\tname: "ADDQ",\n\t\tasm:  x86.AADDQ,\n\t},')
  const after = wasmOperations(before)
  expect(after).not.toContain('x86')
  expect(after).toContain('{name: "OpInvalid"},\n\t{},\n\t{\n\t\tname: "I64Add",')
  expect(after).toContain('var registersAMD64 = [...]Register{}\n')
  expect(after).toContain('name:    "Add64"')
  expect(after).toContain('{0, wasm.REG_R0, "R0"},')
})

test('a table that has not as many entries as there are operations is left as it is', () => {
  const other = table('')
  expect(wasmOperations(other)).toBe(other)
})
