import path from 'node:path'
import { expect, it } from 'vitest'
import { fileOf } from './app-protocol'
import { isTrusted } from './origin'
import { isPermitted } from './permissions'

const root = path.resolve('/app/out/renderer')

it('serves files of the app and the page itself for addresses of screens', () => {
  expect(fileOf(root, 'app://roadbook/assets/index.js')).toBe(path.join(root, 'assets/index.js'))
  expect(fileOf(root, 'app://roadbook/contacts/42')).toBe(path.join(root, 'index.html'))
})

it('serves nothing outside of its folder and nothing for another host', () => {
  for (const url of [
    'app://other/index.html',
    'app://roadbook/%2e%2e%2fsecret.txt',
    'app://roadbook/..%2f..%2fpackage.json',
    'app://roadbook/%zz.js',
    'nonsense',
  ])
    expect(fileOf(root, url)).toBeUndefined()
})

it('trusts its own origin and no look-alike', () => {
  expect(isTrusted('app://roadbook/contacts')).toBe(true)
  for (const url of ['app://roadbook.evil/', 'https://roadbook/', 'app://roadbookx', ''])
    expect(isTrusted(url)).toBe(false)
})

it('permits what the table gives a reason for, and only to its own pages', () => {
  expect(isPermitted('notifications', true)).toBe(true)
  expect(isPermitted('notifications', false)).toBe(false)
  for (const permission of ['media', 'geolocation', 'midi', 'openExternal', '__proto__'])
    expect(isPermitted(permission, true)).toBe(false)
})
