CREATE TABLE "spend_usage_month" (
	"counted" text NOT NULL,
	"month" date NOT NULL,
	"entity" text collate "C" NOT NULL,
	"key_id" text collate "C" NOT NULL,
	"user_id" text collate "C" NOT NULL,
	"team_id" text collate "C" NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"model_group" text collate "C" NOT NULL,
	"model" text collate "C" NOT NULL,
	"provider" text collate "C" NOT NULL,
	"operation" text collate "C" NOT NULL,
	"requests" bigint NOT NULL,
	"failures" bigint NOT NULL,
	"cache_hits" bigint NOT NULL,
	"prompt_tokens" bigint NOT NULL,
	"completion_tokens" bigint NOT NULL,
	"cache_read_tokens" bigint NOT NULL,
	"cache_write_tokens" bigint NOT NULL,
	"cached_completion_tokens" bigint NOT NULL,
	"cost_nano_usd" bigint NOT NULL,
	CONSTRAINT "spend_usage_month_pk" PRIMARY KEY("counted","month","entity","key_id","user_id","team_id","organization_id","model_group","model","provider","operation")
) WITH (fillfactor = 80);
--> statement-breakpoint
-- What the days hold already, before there are indexes to keep.
insert into spend_usage_month (counted, month, entity, key_id, user_id, team_id, organization_id, model_group, model, provider, operation, requests, failures, cache_hits, prompt_tokens, completion_tokens, cache_read_tokens, cache_write_tokens, cached_completion_tokens, cost_nano_usd)
select counted, date_trunc('month', day::timestamp)::date, entity, key_id, user_id, team_id, organization_id, model_group, model, provider, operation, sum(requests), sum(failures), sum(cache_hits), sum(prompt_tokens), sum(completion_tokens), sum(cache_read_tokens), sum(cache_write_tokens), sum(cached_completion_tokens), sum(cost_nano_usd)
from spend_usage where counted <> 'end_user' group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11;
--> statement-breakpoint
CREATE INDEX "spend_usage_month_entity" ON "spend_usage_month" USING btree ("entity","month") WHERE "spend_usage_month"."counted" = 'tag';--> statement-breakpoint
CREATE INDEX "spend_usage_month_key" ON "spend_usage_month" USING btree ("key_id","month") WHERE "spend_usage_month"."counted" = 'call' and "spend_usage_month"."key_id" <> '';--> statement-breakpoint
CREATE INDEX "spend_usage_month_user" ON "spend_usage_month" USING btree ("user_id","month") WHERE "spend_usage_month"."counted" = 'call' and "spend_usage_month"."user_id" <> '';--> statement-breakpoint
CREATE INDEX "spend_usage_month_team" ON "spend_usage_month" USING btree ("team_id","month") WHERE "spend_usage_month"."counted" = 'call' and "spend_usage_month"."team_id" <> '';--> statement-breakpoint
CREATE INDEX "spend_usage_month_organization" ON "spend_usage_month" USING btree ("organization_id","month") WHERE "spend_usage_month"."counted" = 'call' and "spend_usage_month"."organization_id" <> '';