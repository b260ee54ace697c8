import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { GatewayError } from '@tianjillm/core'
import type { AwsCredentialOptions } from './options.ts'

/** The settings of a profile. */
export type Profile = Readonly<Record<string, string>>

/** Profiles by name. */
export type Profiles = ReadonlyMap<string, Profile>

/**
 * Reads the profiles of the shared files; what the credentials file says of a profile wins. A file that is not there holds none.
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export async function readProfiles({ aws_config_file: config, aws_shared_credentials_file: credentials }: Pick<AwsCredentialOptions, 'aws_config_file' | 'aws_shared_credentials_file'>, provider: string): Promise<Profiles> {
  const [configText, credentialsText] = await Promise.all([
    textOf(config ?? join(homedir(), '.aws', 'config'), 'aws_config_file', config !== undefined, provider),
    textOf(credentials ?? join(homedir(), '.aws', 'credentials'), 'aws_shared_credentials_file', credentials !== undefined, provider),
  ])
  const profiles = new Map<string, Profile>()
  for (const [section, settings] of sectionsOf(configText)) {
    const name = section === 'default' ? section : /^profile\s+(.+)$/.exec(section)?.[1]
    if (name !== undefined) profiles.set(name, settings)
  }
  for (const [name, settings] of sectionsOf(credentialsText)) profiles.set(name, { ...profiles.get(name), ...settings })
  return profiles
}

async function textOf(file: string, option: string, named: boolean, provider: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const absent = ['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')
    if (absent && !named) return ''
    throw new GatewayError('upstream_auth', `${provider}: the file of ${option} ${absent ? 'does not exist' : 'cannot be read'}.`, { provider, cause })
  }
}

/** Settings by section. Lines that are indented belong to the setting before, which is of no service that we use. */
function sectionsOf(text: string): Map<string, Profile> {
  const sections = new Map<string, Record<string, string>>()
  let settings: Record<string, string> | undefined
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(?:[#;]|$)/.test(line)) continue
    const section = /^\[\s*([^\]]+?)\s*\]/.exec(line)?.[1]
    if (section !== undefined) {
      settings = sections.get(section) ?? {}
      sections.set(section, settings)
      continue
    }
    const [, key, value] = /^([^\s=][^=]*?)\s*=\s*(.*)$/.exec(line) ?? []
    if (settings && key !== undefined && value !== undefined) settings[key.toLowerCase()] = value.replace(/\s+[#;].*$/, '').trim()
  }
  return sections
}
