// Starts `catalina demo` on a free port with data of its own, and stops it.
import {spawn} from 'node:child_process'
import {mkdtemp, rm} from 'node:fs/promises'
import {createInterface} from 'node:readline'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

export async function startDemo() {
  const binary = process.env.CATALINA_BINARY
  if (!binary) throw new Error('CATALINA_BINARY names the program to test')
  const data = await mkdtemp(join(tmpdir(), 'catalina-browser-'))
  const child = spawn(binary, ['demo', '--port', '0', '--data', join(data, 'data')],
                      {stdio: ['ignore', 'pipe', 'inherit'], env: {PATH: process.env.PATH, CATALINA_LOG_LEVEL: 'warn'}})
  const url = await new Promise((resolve, reject) => {
    child.on('exit', code => reject(new Error(`catalina demo ended with ${code}`)))
    createInterface({input: child.stdout}).on('line', line => {
      const found = line.match(/http:\/\/127\.0\.0\.1:\d+/)
      if (found) resolve(found[0])
    })
  })
  return {
    url,
    stop: async () => {
      const ended = new Promise(resolve => child.on('exit', resolve))
      child.kill('SIGTERM')
      await ended
      await rm(data, {recursive: true, force: true})
    },
  }
}
