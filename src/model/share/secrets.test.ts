import { describe, expect, it } from 'vitest'
import { findSecrets } from './secrets.ts'

const found = (file: string, text: string) =>
  findSecrets({ [file]: text }).map(({ line, kind, name }) => `${line} ${kind} ${name}`)

describe('secrets are pointed out', () => {
  it.each([
    ['s.yaml', 'headers: { authorization: Basic dXNlcjpwYXNz }', '1 authorization authorization'],
    ['s.yaml', 'headers:\n  - [Cookie, session=abc]', '2 cookie cookie'],
    ['s.yaml', 'redis: { kind: redis, password: hunter2 }', '1 password password'],
    ['s.yaml', '"x-api-key": "12ab34cd"', '1 token x-api-key'],
    ['main.go', 'client.Post(u, "Authorization", "Bearer abc")', '1 authorization authorization'],
    ['main.go', 'const apiKey = "12ab34cd"', '1 token apikey'],
    ['plugin.ts', 'const t = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefghijk"', '1 token JSON Web Token'],
    ['plugin.ts', '// AKIAABCDEFGHIJKLMNOP', '1 token AWS access key'],
    ['a.yaml', 'url: https://ann:secret@example.com/', '1 password password in a URL'],
    ['key.txt', '-----BEGIN RSA PRIVATE KEY-----', '1 private-key private key'],
  ])('%s %s', (file, text, expected) => {
    expect(found(file, text)).toEqual([expected])
  })
})

describe('what is no secret is left alone', () => {
  it.each([
    ['s.yaml', 'password: ""'],
    ['s.yaml', 'password:'],
    ['s.yaml', 'token: <your token>'],
    ['s.yaml', 'password: %PASSWORD%'],
    ['s.yaml', 'headers: { authorization: null }'],
    ['s.yaml', 'tokens: 100'],
    ['main.go', 'Password string'],
    ['main.go', 'cfg.Password = json.Get("password").String()'],
    ['plugin.ts', 'const cookie = headers.get("cookie")'],
    ['plugin.ts', 'getHeader("authorization")'],
  ])('%s %s', (file, text) => {
    expect(found(file, text)).toEqual([])
  })

  it('a very long line is no problem', () => {
    expect(found('a.yaml', `${'token'.repeat(200_000)}`)).toEqual([])
  })
})
