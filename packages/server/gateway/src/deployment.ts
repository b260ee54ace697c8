import type { BudgetFields } from '@tianjillm/auth'
import type { HttpTimeouts, Provider } from '@tianjillm/core'
import type { RoutedDeployment } from '@tianjillm/router'
import type { ModelFacts, Prices } from '@tianjillm/spend'

/** One upstream model with its credential and limits. Immutable; swapped as a whole on change. */
export interface Deployment extends RoutedDeployment {
  /** Name of the provider plugin. */
  readonly providerName: string
  readonly provider: Provider
  /** Whose word the upstream's address is; see `HttpRequest.trust`. */
  readonly trust: 'operator' | 'checked'
  readonly timeouts: HttpTimeouts
  /** Limits for streams, where they differ. */
  readonly streamTimeouts: HttpTimeouts
  /** Attempts after the first one, where the deployment has its own word on that. */
  readonly retries?: number
  /** Request fields used where the caller sets none. */
  readonly defaults?: Readonly<Record<string, unknown>>
  /** Drop fields that the provider does not know, instead of refusing them. */
  readonly dropParams: boolean
  readonly prices?: Prices
  /** What may be spent on it. */
  readonly budget?: BudgetFields
  /** Where the upstream runs, as its provider names regions. */
  readonly region?: string
  /** Context window, longest answer, how its tokens are counted. */
  readonly facts?: ModelFacts
  /** Shown in `x-litellm-model-api-base` and records; without query. */
  readonly apiBase?: string
  /** Answer with this text and call nobody: for trying things out, and for tests of clients. */
  readonly mockResponse?: string
}
