import { type ClusterNamePart, explainClusterName } from '../model/cluster/cluster-name.ts'
import type { clusterNames } from './en/cluster-names.ts'
import type { TextParams } from './text.ts'

/** Any `Text` of the catalogue will do. */
type ClusterText = (key: keyof typeof clusterNames, params?: TextParams) => string

export type ClusterNameWords = {
  /** In order; joined, the texts are the name. Bars and dots have no meaning of their own. */
  readonly parts: readonly { readonly text: string; readonly meaning?: string }[]
  /** What is doubtful about the name, each with the name that was probably meant where that can be told. */
  readonly doubts: readonly { readonly words: string; readonly meant?: string }[]
}

/** A cluster's name part by part in words of one language, with its doubts. */
export function clusterNameWords(name: string, text: ClusterText): ClusterNameWords {
  const { parts, doubts } = explainClusterName(name)
  return {
    parts: parts.map((part) => {
      const meaning = meaningOf(part, text)
      return { text: part.text, ...(meaning === undefined ? {} : { meaning }) }
    }),
    doubts: doubts.map(({ code, meant }) => ({
      words: text(`cluster.doubt.${code}`),
      ...(meant === undefined ? {} : { meant }),
    })),
  }
}

function meaningOf({ text: own, means }: ClusterNamePart, text: ClusterText): string | undefined {
  if (means === 'separator') return undefined
  return text(means === 'subset' && own === '' ? 'cluster.part.subset.empty' : `cluster.part.${means}`)
}

/**
 * One paragraph: the doubts, then how the name reads. Of a name that is one plain word there is nothing to say, and '' comes
 * back.
 */
export function clusterNameSentence(name: string, text: ClusterText): string {
  const { parts, doubts } = clusterNameWords(name, text)
  const said = parts.filter(({ text: own, meaning }) => own !== '' && meaning !== undefined)
  const words = doubts.map(({ words }) => words)
  if (said.length > 1 && !doubts.some(({ meant }) => meant === undefined)) {
    const list = said.map(({ text: own, meaning = '' }) => text('cluster.reads.part', { text: own, meaning }))
    words.push(text('cluster.reads', { cluster: name, parts: list.join(text('cluster.reads.and')) }))
  }
  return words.join(' ')
}
