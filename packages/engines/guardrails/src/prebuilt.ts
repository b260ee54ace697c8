/** A pattern that comes with the filter. */
export interface PrebuiltPattern {
  /** RE2 syntax; matched without regard to case. */
  readonly pattern: string
  /** Characters of the longest match, for streams. */
  readonly maxLength: number
}

const four = (first: string): string => `${first}[ -]?\\d{4}[ -]?\\d{4}[ -]?\\d{4}`
const visa = four('4\\d{3}')
const mastercard = four('(?:5[1-5]\\d{2}|2[2-7]\\d{2})')
const discover = four('6(?:011|[45]\\d{2})')
const amex = '3[47]\\d{2}[ -]?\\d{6}[ -]?\\d{5}'
const octet = '(?:25[0-5]|2[0-4]\\d|1\\d{2}|[1-9]?\\d)'
const ipv4 = `\\b${octet}(?:\\.${octet}){3}\\b`
const h = '[0-9a-f]{1,4}'
/** RFC 4291, section 2.2: eight groups, or fewer around one `::`. */
const ipv6 = `(?:\\b(?:${h}:){7}${h}\\b|\\b(?:${h}:){1,6}(?::${h}){1,6}\\b|\\b(?:${h}:){1,7}:|::${h}(?::${h}){0,6}\\b)`
const word = (pattern: string): string => `\\b(?:${pattern})\\b`

/** Patterns by name; the names are LiteLLM's, and `phone`, `ip_address` and `iban`. */
export const prebuiltPatterns = {
  us_ssn: { pattern: '\\b\\d{3}-\\d{2}-\\d{4}\\b', maxLength: 11 },
  us_ssn_no_dash: { pattern: '\\b[0-8]\\d{8}\\b', maxLength: 9 },
  email: { pattern: '[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63}){0,5}\\.[a-z]{2,24}\\b', maxLength: 254 },
  phone: { pattern: '(?:\\+\\d{1,3}[ .-]?)?(?:\\(\\d{2,4}\\)|\\b\\d{2,4})[ .-]?\\d{3,4}[ .-]?\\d{3,4}\\b', maxLength: 24 },
  us_phone: { pattern: '(?:\\+?1[ .-]?)?(?:\\(\\d{3}\\)|\\b\\d{3})[ .-]?\\d{3}[ .-]?\\d{4}\\b', maxLength: 20 },
  visa: { pattern: word(visa), maxLength: 19 },
  mastercard: { pattern: word(mastercard), maxLength: 19 },
  amex: { pattern: word(amex), maxLength: 17 },
  discover: { pattern: word(discover), maxLength: 19 },
  credit_card: { pattern: word(`${visa}|${mastercard}|${amex}|${discover}`), maxLength: 19 },
  aws_access_key: { pattern: '\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b', maxLength: 20 },
  aws_secret_key: { pattern: '\\b[a-z0-9/+]{40}\\b', maxLength: 40 },
  github_token: { pattern: '\\bgh[pousr]_[a-z0-9]{36}\\b', maxLength: 40 },
  slack_token: { pattern: '\\bxox[pboa]-\\d{10,13}-\\d{10,13}-[a-z0-9]{24,32}\\b', maxLength: 64 },
  generic_api_key: { pattern: 'api[-_]?key[\\s:=]{1,8}[\'"]?[a-z0-9_-]{20,128}', maxLength: 150 },
  ipv4: { pattern: ipv4, maxLength: 15 },
  ipv6: { pattern: ipv6, maxLength: 39 },
  ip_address: { pattern: `${ipv4}|${ipv6}`, maxLength: 39 },
  url: { pattern: '\\b(?:https?://|www\\.)[^\\s]{1,500}', maxLength: 508 },
  iban: { pattern: '\\b[a-z]{2}\\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?\\b', maxLength: 42 },
} as const satisfies Record<string, PrebuiltPattern>
