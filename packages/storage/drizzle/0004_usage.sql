CREATE TABLE "directory_gone" (
	"kind" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"name" text,
	"hash" text,
	"team_id" text,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "directory_gone_kind_id_pk" PRIMARY KEY("kind","id")
);
--> statement-breakpoint
CREATE TABLE "spend_usage" (
	"counted" text NOT NULL,
	"day" date NOT NULL,
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
	CONSTRAINT "spend_usage_pk" PRIMARY KEY("counted","day","entity","key_id","user_id","team_id","organization_id","model_group","model","provider","operation")
) WITH (fillfactor = 80);
--> statement-breakpoint
CREATE INDEX "directory_gone_hash" ON "directory_gone" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "spend_usage_entity" ON "spend_usage" USING btree ("counted","entity","day") WHERE "spend_usage"."counted" <> 'call';--> statement-breakpoint
CREATE INDEX "spend_usage_key" ON "spend_usage" USING btree ("key_id","day") WHERE "spend_usage"."counted" = 'call' and "spend_usage"."key_id" <> '';--> statement-breakpoint
CREATE INDEX "spend_usage_user" ON "spend_usage" USING btree ("user_id","day") WHERE "spend_usage"."counted" = 'call' and "spend_usage"."user_id" <> '';--> statement-breakpoint
CREATE INDEX "spend_usage_team" ON "spend_usage" USING btree ("team_id","day") WHERE "spend_usage"."counted" = 'call' and "spend_usage"."team_id" <> '';--> statement-breakpoint
CREATE INDEX "spend_usage_organization" ON "spend_usage" USING btree ("organization_id","day") WHERE "spend_usage"."counted" = 'call' and "spend_usage"."organization_id" <> '';--> statement-breakpoint
CREATE INDEX "spend_log_failed" ON "spend_log" USING btree ("started_at","request_id") WHERE "spend_log"."status" <> 'success';--> statement-breakpoint
-- What the log holds already.
insert into spend_usage as u (counted, day, entity, key_id, user_id, team_id, organization_id, model_group, model, provider, operation, requests, failures, cache_hits, prompt_tokens, completion_tokens, cache_read_tokens, cache_write_tokens, cached_completion_tokens, cost_nano_usd)
select e.counted as counted, (i.started_at at time zone 'UTC')::date as day, e.entity as entity, coalesce(i.key_id, '') as key_id, coalesce(i.user_id, '') as user_id, coalesce(i.team_id, '') as team_id, coalesce(i.organization_id, '') as organization_id, coalesce(i.model_group, '') as model_group, case when i.model_group is null then '' else i.model end as model, coalesce(i.provider, '') as provider, i.call_type as operation, count(*) as requests, count(*) filter (where i.status <> 'success') as failures, count(*) filter (where i.cache_hit) as cache_hits, sum(i.input_tokens + i.cache_read_tokens + i.cache_write_5m_tokens + i.cache_write_1h_tokens + i.input_audio_tokens + i.input_image_tokens) as prompt_tokens, sum(i.output_tokens + i.reasoning_tokens + i.output_audio_tokens + i.output_image_tokens) as completion_tokens, sum(i.cache_read_tokens) as cache_read_tokens, sum(i.cache_write_5m_tokens + i.cache_write_1h_tokens) as cache_write_tokens, coalesce(sum(i.output_tokens + i.reasoning_tokens + i.output_audio_tokens + i.output_image_tokens) filter (where i.cache_hit), 0) as cached_completion_tokens, coalesce(sum(i.cost_nano_usd), 0) as cost_nano_usd
from spend_log i cross join lateral (
  select 'call' as counted, '' as entity union all select 'end_user', i.end_user where i.end_user is not null union all select distinct 'tag', tag from unnest(i.tags) as tag
) as e
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
on conflict (counted, day, entity, key_id, user_id, team_id, organization_id, model_group, model, provider, operation) do update set requests = u.requests + excluded.requests, failures = u.failures + excluded.failures, cache_hits = u.cache_hits + excluded.cache_hits, prompt_tokens = u.prompt_tokens + excluded.prompt_tokens, completion_tokens = u.completion_tokens + excluded.completion_tokens, cache_read_tokens = u.cache_read_tokens + excluded.cache_read_tokens, cache_write_tokens = u.cache_write_tokens + excluded.cache_write_tokens, cached_completion_tokens = u.cached_completion_tokens + excluded.cached_completion_tokens, cost_nano_usd = u.cost_nano_usd + excluded.cost_nano_usd;
