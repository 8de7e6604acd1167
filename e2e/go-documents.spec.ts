import { expect, test } from './fixtures.ts'

test.use({ viewport: { width: 1600, height: 1300 } })
test.setTimeout(240_000)
const slow = { timeout: 120_000 }

/** In the shape of the documents' HTTP call, whose printed parser lacks its closing brace (W7). */
const printed = `package main

import (
	"errors"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

func main() {}

func init() {
	wrapper.SetCtx("http-call", wrapper.ParseConfigBy(parseConfig), wrapper.ProcessRequestHeadersBy(onHttpRequestHeaders))
}

type MyConfig struct {
	tokenHeader string
}

func parseConfig(json gjson.Result, config *MyConfig, log log.Log) error {
	config.tokenHeader = json.Get("tokenHeader").String()
	switch config.tokenHeader {
	case "":
		return errors.New("missing tokenHeader in config")
	default:
		return nil
	}

func onHttpRequestHeaders(ctx wrapper.HttpContext, config MyConfig, log log.Log) types.Action {
	proxywasm.AddHttpRequestHeader(config.tokenHeader, "token")
	return types.HeaderContinue
}
`

test('a program pasted from a document: the compiler’s error at its line, the repair, what its parser refuses, its configuration', async ({
  app,
  page,
}) => {
  await app.open()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('paste or open')
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: 'Paste or open files' })
  await sheet.getByRole('textbox', { name: 'pasted text' }).fill(printed)
  await expect(sheet).toContainText('It becomes plugin http-call in a project of its own')
  await sheet.getByRole('button', { name: 'Make it a plugin' }).click()

  const problems = page.getByRole('region', { name: /^Terminal, problems/ })
  await page.getByRole('tab', { name: /^Problems/ }).click()
  await expect(problems).toContainText('syntax error: unexpected name onHttpRequestHeaders, expected (', slow)
  await expect(problems).toContainText('plugins/http-call/main.go:32')
  await problems.getByRole('button', { name: 'Close the block' }).click()

  await expect(app.verdict()).toHaveText('http-call did not load', slow)
  await expect(app.run.getByRole('status')).toContainText('missing tokenHeader in config')
  await app.run.getByRole('button', { name: 'Show why' }).click()
  await app.run.getByRole('button', { name: 'Open its configuration' }).click()
  await expect(page.locator('.view-line').filter({ hasText: '#   tokenHeader: ""' })).toBeVisible()
  await app.selectWord(/^defaultConfig/, 'defaultConfig')
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.insertText(' tokenHeader: x-token ')
  await expect(app.row(/x-token → "token"/)).toBeVisible(slow)
  await expect(app.verdict()).toHaveText('200 OK')
})
