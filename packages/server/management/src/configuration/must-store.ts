import { GatewayError } from '@tianjillm/core'
import type { OperatorConfiguration } from './port.ts'

/** @throws `storing_is_off` */
export function mustStore({ storing }: OperatorConfiguration): void {
  if (!storing) throw new GatewayError('storing_is_off', 'This proxy takes its models and settings from the config file alone. Set `general_settings.store_model_in_db: true` (or STORE_MODEL_IN_DB=True in the environment) to keep them over the API too.')
}
