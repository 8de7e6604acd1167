/** Part of a listener's filter: writes a line of this format into a file when a connection or request has ended. */
export const accessLog = (path: string, format: string): readonly object[] => [
  {
    name: 'file',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog',
      path,
      log_format: { text_format_source: { inline_string: `${format}\n` } },
    },
  },
]
