import { type Document, visit, type YAMLMap, type YAMLSeq } from 'yaml'

/**
 * The text of an edited YAML document, comments and layout kept. The library pads maps and lists alike
 * (`[ { a: 1 } ]`); people, and our examples, write `[{ a: 1 }]`.
 */
export function yamlText(document: Document): string {
  visit(document, {
    Map: (_key, map) => pad(map, ' '),
    Seq: (_key, list) => pad(list, ''),
  })
  return document.toString({ lineWidth: 0 })
}

function pad(node: YAMLMap | YAMLSeq, flowCollectionPadding: string): void {
  const write = node.toString.bind(node)
  node.toString = (context, onComment, onChompKeep) =>
    write(context && { ...context, flowCollectionPadding }, onComment, onChompKeep)
}
