/** 编译器原话之外，我们对插件源码的说明，以及修复的名称。 */
export const diagnostics = {
  'diagnostic.PG001': '插件没有入口文件。请命名为以下之一：{{names}}。',
  'diagnostic.PG002': '插件的源码有 {{size}} 个字符；编译器最多接受 {{limit}} 个。',
  'diagnostic.PG004':
    "模块没有导出 proxy-wasm 回调，任何网关都无法加载它。请在 {{file}} 中加上这一行：export * from '{{module}}'",
  'diagnostic.PG005': '模块导入了 {{name}}，没有网关提供它：模块将无法加载。',
  'diagnostic.PG007': 'Go 的 cmd/{{tool}} 处理这份源码时内存不足：请拆分插件，或在外部构建。',
  'diagnostic.PG008': 'Go 的 cmd/{{tool}} 处理这份源码时失败（{{crash}}）。{{first}}',
  'diagnostic.GO-RELATIVE': '“{{package}}”是文件夹：导入路径要以 go.mod 里的模块名开头',
  'diagnostic.GO-MODULE':
    '标签页的工具包里没有模块 {{module}}：把它的源码放到 third_party/{{module}} 下，或使用构建服务',
  'diagnostic.GO-MAIN':
    '{{call}} 在 main 里调用，而以 -buildmode=c-shared 构建的插件从不运行 main：宿主看不到插件。把它移到 init',
  'diagnostic.GO-VERSION': 'go.mod 要求 go >= {{wanted}}（这里是 {{running}}）',
  'diagnostic.GO-PACKAGE': '包 {{package}}：标签页工具包里的模块 {{module}} 没有这个包',
  'diagnostic.GO-STD': '标准库（或标签页工具包里的标准库）没有包 {{package}}',
  'diagnostic.GO-FOLDER': '包 {{package}}：插件里没有包含 Go 文件的文件夹 {{folder}}',
  'diagnostic.GO-CGO': 'import "C"：wasm 不支持 cgo；请用 Go 编写这个函数',
  'diagnostic.GO-FOREIGN': '{{file}}：标签页只能编译 Go 源码',
  'diagnostic.GO-NOFILES': '插件的文件夹里没有 Go 文件',
  'diagnostic.GO-NAMES':
    '同一个文件夹里有包 {{first}}（{{firstFile}}）和 {{second}}（{{secondFile}}）：一个文件夹只能有一个包',
  'diagnostic.GO-NOTMAIN': '插件的包名是 {{name}}：-buildmode=c-shared 需要 `package main`',
  'diagnostic.GO-NOMODULE': 'go.mod 没有写模块名：需要一行类似 `module wasm-demo-go` 的内容',
  'diagnostic.GO-OUTSIDE': '替换目录 {{directory}} 在插件之外：请把源码放进插件的文件夹，例如 ./third_party/{{module}}',
  'diagnostic.GO-SDKS': '一个插件里有两个 SDK：{{first}} 和 {{second}}，两者都会响应宿主的回调',
  'diagnostic.GO-DEPTH': '嵌套太深，无法在输入时检查：构建时会给出更多信息',
  'fix.add-import': '导入 {{subject}}',
  'fix.remove-import': '删除对 {{subject}} 的导入',
  'fix.remove-variable': '删除 {{subject}}',
  'fix.use-name': '改写为 {{subject}}',
  'fix.add-brace': '补上右括号',
  'fix.add-main': '添加 func main',
  'fix.move-to-init': '改成 init：它会在插件里运行',
  'fix.vet-fix': '{{subject}}',
  'fix.set-go-version': '在 go.mod 中改为 go {{subject}}',
} as const
