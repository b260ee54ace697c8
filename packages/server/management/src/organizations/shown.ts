import type { OrganizationRecord } from '@tianjillm/auth'
import { spentToWire } from '../budgets/wire.ts'
import { limitsToWire } from '../limit-fields.ts'
import { all, type ManagementOptions, spendOf } from '../service.ts'
import { organizationFields } from './wire.ts'

/** An organization as LiteLLM shows it, with members and teams. */
export async function organizationToWire(options: ManagementOptions, organization: OrganizationRecord) {
  const spent = spentToWire(await spendOf(options, { organization }))
  const teams = await all(options.directory.teams, { organizationId: organization.id })
  return {
    ...organizationFields(organization), ...spent, litellm_budget_table: spent.litellm_budget_table ?? limitsToWire(organization),
    teams: teams.map(({ id, alias, models, blocked }) => ({ team_id: id, team_alias: alias, models, blocked })),
  }
}
