/**
 * What the guest `tcp` logs in Envoy 1.40.0 when a client sends `abc`, then `def`, to a service that sends back what it
 * gets, and closes when the answer has come: the held word counts again, the upstream closes first.
 */
export const tcpLines = [
  'stream: connection true <nil>',
  'stream: downstream 3 abc false <nil>',
  'stream: downstream 6 abcdef false <nil>',
  'stream: prepend <nil>',
  'stream: append <nil>',
  'stream: upstream 8 <abcdef> false <nil>',
  'stream: replace <nil>',
  'stream: downstream end true',
  'stream: upstream end true',
  'stream: upstream close 0',
  'stream: downstream close 1',
  'stream: done',
]
