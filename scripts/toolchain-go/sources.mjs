// Sources of the SDK and of the modules it uses, for go-to-definition.
import { readFileSync } from 'node:fs'

export function sourceFiles(packages) {
  return packages.flatMap(({ ImportPath, Dir, Standard, GoFiles = [] }) =>
    Standard === true ? [] : GoFiles.map((name) => [`${ImportPath}/${name}`, readFileSync(`${Dir}/${name}`)]),
  )
}
