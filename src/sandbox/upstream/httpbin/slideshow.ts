import { type Json, list, object, text } from './python-json.ts'

/** What `/json` answers. */
export const slideshow: Json = object([
  [
    'slideshow',
    object([
      ['author', text('Yours Truly')],
      ['date', text('date of publication')],
      [
        'slides',
        list([
          object([
            ['title', text('Wake up to WonderWidgets!')],
            ['type', text('all')],
          ]),
          object([
            ['items', list([text('Why <em>WonderWidgets</em> are great'), text('Who <em>buys</em> WonderWidgets')])],
            ['title', text('Overview')],
            ['type', text('all')],
          ]),
        ]),
      ],
      ['title', text('Sample Slide Show')],
    ]),
  ],
])
