/** A text that no Markdown acts in: every line as it is written, indented lines (Go's code in comments) as code. */
export function plainMarkdown(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => (/^(?:\t| {4})/.test(line) ? `    ${line.trimStart()}` : escaped(line)))
    .join('\n')
}

const escaped = (line: string): string => line.replace(/[\\`*_{}[\]()<>#+.!|~-]/g, '\\$&').replace(/&/g, '&amp;')
