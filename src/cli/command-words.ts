import type { Argument, Command, CommanderError, Option } from 'commander'
import type { Words } from './words.ts'

/** Makes a command and those that are added to it later say their help in these words. */
export function speak(command: Command, { text }: Words): void {
  const titles: Readonly<Record<string, string>> = {
    'Usage:': text('cli.usage'),
    'Arguments:': text('cli.usage.arguments'),
    'Options:': text('cli.usage.optionsTitle'),
    'Global Options:': text('cli.usage.globalOptions'),
    'Commands:': text('cli.usage.commands'),
  }
  const term = (line: string) =>
    line.replace('[options]', text('cli.usage.options')).replace('[command]', text('cli.usage.command'))
  command
    .helpOption('-h, --help', text('cli.help'))
    .helpCommand('help [command]', text('cli.help'))
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => titles[title] ?? title,
      styleUsage: term,
      styleSubcommandTerm: term,
      displayWidth,
      optionDescription: (option) => described(option, text),
      argumentDescription: (argument) => described(argument, text),
    })
}

function described(of: Option | Argument, text: Words['text']): string {
  const { argChoices = [], defaultValue } = of
  const said = [
    ...(argChoices.length > 0 ? [text('cli.usage.choices', { choices: argChoices.join(', ') })] : []),
    ...(typeof defaultValue === 'string' && defaultValue !== ''
      ? [text('cli.usage.default', { value: defaultValue })]
      : []),
  ]
  return said.length === 0 ? of.description : `${of.description} (${said.join(', ')})`
}

/** Columns of a terminal: a Chinese character takes two. */
const displayWidth = (line: string): number =>
  [...line].reduce((width, character) => width + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(character) ? 2 : 1), 0) // biome-ignore format: one pattern

/** What is wrong with a command line, from commander's code and its English message; `undefined`: nothing is to be said. */
export function wrongCommandLine({ code, message }: CommanderError, { text }: Words): string | undefined {
  const [, name = ''] = /'(.*?)'/.exec(message) ?? []
  const [, meant] = /\(Did you mean (?:one of )?(.*)\?\)/.exec(message) ?? []
  const suggestion = meant === undefined ? '' : ` ${text('cli.wrong.didYouMean', { name: meant })}`
  switch (code) {
    case 'commander.help':
    case 'commander.helpDisplayed':
    case 'commander.version':
      return undefined
    case 'commander.unknownOption':
      return text('cli.wrong.unknownOption', { name }) + suggestion
    case 'commander.unknownCommand':
      return text('cli.wrong.unknownCommand', { name }) + suggestion
    case 'commander.missingArgument':
      return text('cli.wrong.missingArgument', { name })
    case 'commander.optionMissingArgument':
      return text('cli.wrong.optionArgument', { flags: name })
    case 'commander.excessArguments': {
      const [, expected = '', actual = ''] = /Expected (\d+) arguments? but got (\d+)/.exec(message) ?? []
      return text('cli.wrong.tooMany', { expected, actual })
    }
    case 'commander.invalidArgument': {
      const [, flags = '', value = '', choices = ''] =
        /'(.*?)' argument '(.*)' is invalid\. Allowed choices are (.*)\./.exec(message) ?? []
      return text('cli.wrong.choice', { flags, value, choices })
    }
    default:
      return message
  }
}
