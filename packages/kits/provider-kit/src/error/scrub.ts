const MASKED = '[secret]'

/**
 * What keys look like. Each pattern is linear: no repeated group can match the same text in two
 * ways. The stars allow for keys that the provider already shortened (`sk-ab***yz`).
 */
const shapes: readonly [RegExp, string][] = [
  // OpenAI, Anthropic and all who took the form over, then the forms of other providers and hosts.
  [/\b(?:(?:sk|pk|rk)[-_]|(?:xai|pplx|nvapi|csk|tgp|glpat)-|(?:hf|r8|gsk|fw|tgp_v1|github_pat|gh[opsu])_)[\w*.-]{5,}[\w*]/g, MASKED],
  [/\bdapi[0-9a-f*]{16,}/g, MASKED],
  // HTTP credentials.
  [/\b(bearer|basic)\s+[\w*+/.~=-]{8,}/gi, `$1 ${MASKED}`],
  // AWS access key ids (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html) and signatures.
  [/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9*]{12,}/g, MASKED],
  [/\b(signature=)[0-9a-f]{32,}/gi, `$1${MASKED}`],
  // Google API keys and access tokens.
  [/\bAIza[\w*-]{10,}/g, MASKED],
  [/\bya29\.[\w*.-]{10,}/g, MASKED],
  // JSON web tokens.
  [/\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g, MASKED],
  // A value that is named as a secret: `api_key=...`, `"token": "..."`, `API key provided: ...`.
  [/\b((?:api[ _-]?key|(?:access|auth|session|security)[ _-]?token|(?:client[ _-]?)?secret(?:[ _-]?access[ _-]?key)?|password|authorization)(?: provided)?["']?\s?[:=]\s?["']?)[\w*+/.~=-]{6,}[\w*+/~=-]/gi, `$1${MASKED}`],
  [/([?&](?:key|api-key|api_key|access_token|token)=)[^&\s"']+/gi, `$1${MASKED}`],
]

/**
 * `text` without anything that looks like a credential. Providers quote the key they refuse;
 * that quote must not reach a caller or a log.
 * @param secrets texts known to be secret, removed wherever they stand
 */
export function scrubSecrets(text: string, secrets: readonly string[] = []): string {
  let clean = text
  for (const secret of secrets) if (secret.length >= 4) clean = clean.replaceAll(secret, MASKED)
  for (const [shape, mask] of shapes) clean = clean.replace(shape, mask)
  return clean
}
