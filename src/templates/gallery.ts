/** The examples of the gallery, in its order. A folder per name beside this file holds the project. */
type Words = { readonly en: string; readonly zh: string }

export type TemplateCard = {
  readonly name: string
  readonly title: Words
  readonly description: Words
  /** Made to go wrong, so that the explanation can be seen; the card says so. */
  readonly broken: boolean
}

export const gallery = [
  {
    name: 'hello-header',
    title: { en: 'Hello header', zh: '你好，请求头' },
    description: {
      en: 'Adds a header to the request and one to the response.',
      zh: '给请求和响应各加一个头。',
    },
    broken: false,
  },
] as const satisfies readonly TemplateCard[]

export type TemplateName = (typeof gallery)[number]['name']

export const defaultTemplate: TemplateName = 'hello-header'
