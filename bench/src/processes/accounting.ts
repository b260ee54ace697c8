import { readFileSync } from 'node:fs'

/** Kernel ticks a second in /proc; 100 on every Linux that Node runs on (USER_HZ). */
const ticksPerSecond = 100

/**
 * CPU time in seconds, user and system, of all threads, from the text of /proc/PID/stat
 * (proc_pid_stat(5), fields 14 and 15). The command in field 2 may hold blanks and brackets.
 */
export function parseCpuSeconds(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = Number(fields[11]) + Number(fields[12])
  if (!Number.isFinite(ticks)) throw new Error(`not a /proc/PID/stat line: ${stat.slice(0, 80)}`)
  return ticks / ticksPerSecond
}

/** Peak resident set in MiB, from the text of /proc/PID/status (`VmHWM`, in kB). */
export function parsePeakMemory(status: string): number {
  const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1]
  if (kilobytes === undefined) throw new Error('no VmHWM in /proc/PID/status')
  return Number(kilobytes) / 1024
}

export const cpuSeconds = (pid: number): number => parseCpuSeconds(readFileSync(`/proc/${pid}/stat`, 'utf8'))

export const peakMemory = (pid: number): number => parsePeakMemory(readFileSync(`/proc/${pid}/status`, 'utf8'))
