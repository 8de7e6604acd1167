/** 编译器原话之外，我们对插件源码的说明，以及修复的名称。 */
export const diagnostics = {
  'diagnostic.GO-MODULE':
    '标签页的工具包里没有模块 {{module}}：把它的源码放到 third_party/{{module}} 下，或使用构建服务',
  'diagnostic.GO-MAIN':
    '{{call}} 在 main 里调用，而以 -buildmode=c-shared 构建的插件从不运行 main：宿主看不到插件。把它移到 init',
  'diagnostic.GO-VERSION': 'go.mod 要求 go >= {{wanted}}（这里是 {{running}}）',
  'fix.add-import': '导入 {{subject}}',
  'fix.remove-import': '删除对 {{subject}} 的导入',
  'fix.remove-variable': '删除 {{subject}}',
  'fix.use-name': '改写为 {{subject}}',
  'fix.add-brace': '补上右括号',
  'fix.add-main': '添加 func main',
  'fix.move-to-init': '改成 init：它会在插件里运行',
  'fix.set-go-version': '在 go.mod 中改为 go {{subject}}',
} as const
