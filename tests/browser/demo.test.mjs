// The phone page in a real Chromium against the real demo: what a citizen does on a phone, the true way round.
// Run by CTest with CATALINA_BINARY; SCREENSHOTS=folder keeps pictures to look at.
import assert from 'node:assert/strict'
import {after, before, test} from 'node:test'
import {join} from 'node:path'
import {startDemo} from './support/demo.mjs'
import {openBrowser} from './support/browser.mjs'

const patience = 15_000  // ms; a debug build on a busy machine
let demo, browser

before(async () => {
  demo = await startDemo()
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await demo?.stop()
})

async function openPage(options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 860}, locale: 'es-CO', ...options})
  const page = await context.newPage()
  page.setDefaultTimeout(patience)
  page.problems = []
  page.on('console', message => message.type() === 'error' && page.problems.push(message.text()))
  page.on('pageerror', error => page.problems.push(String(error)))
  page.on('request', request => {
    if (!request.url().startsWith(demo.url) && !request.url().startsWith('blob:')) page.problems.push(request.url())
  })
  await page.goto(demo.url + '/demo/')
  return page
}

// One of the phones on the page, by the name of its owner, with what a person does on it.
function phoneOf(page, owner) {
  const root = page.locator('[data-testid^="phone-p"]').filter({hasText: owner})
  const bubbles = root.getByTestId('bubble')
  return {
    root,
    bubbles,
    say: async text => {
      await root.getByTestId('composer-input').fill(text)
      await root.getByTestId('send').click()
    },
    // Something Catalina said, not what the person wrote.
    hears: async text => root.locator('.theirs').getByTestId('bubble').filter({hasText: text}).last().waitFor(),
  }
}

async function picture(page, name) {
  if (process.env.SCREENSHOTS) await page.screenshot({path: join(process.env.SCREENSHOTS, name + '.png')})
}

test('a citizen asks, reads the answer, taps a list and sees the ticks', async () => {
  const page = await openPage()
  const phone = phoneOf(page, 'Yarlenis Pájaro')
  await phone.say('hola')
  await phone.hears('Ley 1581')
  await phone.say('ke nesesito pa sacar el sertificado de residensia')
  await phone.hears(/residencia/i)
  const asked = phone.bubbles.filter({hasText: 'sertificado'})
  await asked.locator('[data-testid="tick"][data-tick="read"]').waitFor()
  await phone.say('menú')
  await phone.hears('escoge un tema de la lista')
  await phone.root.getByRole('button', {name: 'Ver temas'}).last().click()
  await page.getByTestId('sheet-row').filter({hasText: 'Movilidad'}).click()
  await phone.hears('trámites y servicios. ¿Cuál necesitas?')
  await picture(page, 'conversation')
  assert.deepEqual(page.problems, [])
  await page.context().close()
})

test('an image and a location can be sent', async () => {
  const page = await openPage()
  const phone = phoneOf(page, 'Rafael Torres')
  await phone.say('hola')
  await phone.hears('Ley 1581')
  await phone.root.getByTestId('attach').click()
  await page.getByTestId('place').first().click()
  await phone.hears('barrio')
  await phone.root.getByTestId('attach').click()
  await page.getByTestId('sample-image').first().click()
  await phone.hears('solo puedo leer texto')
  await picture(page, 'attachments')
  assert.deepEqual(page.problems, [])
  await page.context().close()
})

test('a new phone that hides its number is answered by its user name', async () => {
  const page = await openPage()
  await page.getByTestId('new-phone').click()
  await page.getByTestId('phone-name').fill('Persona Nueva')
  await page.getByTestId('kind-username').check()
  await page.getByTestId('phone-username').fill('persona.nueva')
  await page.getByTestId('phone-create').click()
  await page.locator('#tabs [aria-current="true"]').filter({hasText: 'Persona Nueva'}).waitFor()
  const phone = phoneOf(page, 'Persona Nueva')
  await phone.say('dónde pago el predial')
  await phone.hears('Matuna')
  assert.deepEqual(page.problems, [])
  await page.context().close()
})

test('24 hours later the window is closed, and a message opens it again', async () => {
  const page = await openPage()
  const phone = phoneOf(page, 'Yarlenis Pájaro')
  await phone.say('gracias')
  await phone.hears('gusto')
  const before = await phone.root.getByTestId('window-state').textContent()
  await page.getByTestId('advance-24h').click()
  await page.waitForFunction(
    ([text]) => document.querySelector('[data-testid="window-state"]').textContent !== text, [before])
  assert.match(await phone.root.getByTestId('window-state').textContent(), /cerrad/i)
  await phone.say('menú')
  await phone.root.getByTestId('window-state').filter({hasText: /abierta/i}).waitFor()
  await picture(page, 'later')
  assert.deepEqual(page.problems, [])
  await page.context().close()
})

test('the page works on a small screen and by keyboard alone', async () => {
  const page = await openPage({viewport: {width: 320, height: 640}})
  const phone = phoneOf(page, 'Yarlenis Pájaro')
  await phone.root.getByTestId('composer-input').focus()
  await page.keyboard.type('cupo escolar')
  await page.keyboard.press('Enter')
  await phone.hears(/cupo/i)
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  assert.ok(overflow <= 0, `the page is ${overflow} pixels too wide`)
  await picture(page, 'small')
  assert.deepEqual(page.problems, [])
  await page.context().close()
})
