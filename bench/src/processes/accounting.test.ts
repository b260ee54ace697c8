import { describe, expect, it } from 'vitest'
import { parseCpuSeconds, parsePeakMemory } from './accounting.ts'

describe('parseCpuSeconds', () => {
  it('adds user and system ticks, whatever the command is called', () => {
    const stat = '4711 (node (a) 7 8) S 1 2 3 4 5 6 7 8 9 10 250 50 0 0 20 0 11 0 99'
    expect(parseCpuSeconds(stat)).toBe(3)
  })

  it('refuses something else', () => {
    expect(() => parseCpuSeconds('nothing')).toThrow(/not a/)
  })
})

describe('parsePeakMemory', () => {
  it('reads the high-water mark in MiB', () => {
    expect(parsePeakMemory('Name:\tnode\nVmPeak:\t 900000 kB\nVmHWM:\t  204800 kB\nVmRSS:\t 1 kB\n')).toBe(200)
  })

  it('refuses a status without it (a kernel thread, a zombie)', () => {
    expect(() => parsePeakMemory('Name:\tnode\n')).toThrow(/VmHWM/)
  })
})
