CREATE TABLE "spend_daily" (
	"day" date NOT NULL,
	"entity_kind" text NOT NULL,
	"entity_id" text NOT NULL,
	"model" text NOT NULL,
	"provider" text NOT NULL,
	"requests" bigint NOT NULL,
	"failures" bigint NOT NULL,
	"input_tokens" bigint DEFAULT 0 NOT NULL,
	"cache_read_tokens" bigint DEFAULT 0 NOT NULL,
	"cache_write_5m_tokens" bigint DEFAULT 0 NOT NULL,
	"cache_write_1h_tokens" bigint DEFAULT 0 NOT NULL,
	"input_audio_tokens" bigint DEFAULT 0 NOT NULL,
	"input_image_tokens" bigint DEFAULT 0 NOT NULL,
	"output_tokens" bigint DEFAULT 0 NOT NULL,
	"reasoning_tokens" bigint DEFAULT 0 NOT NULL,
	"output_audio_tokens" bigint DEFAULT 0 NOT NULL,
	"output_image_tokens" bigint DEFAULT 0 NOT NULL,
	"cost_nano_usd" bigint NOT NULL,
	CONSTRAINT "spend_daily_day_entity_kind_entity_id_model_provider_pk" PRIMARY KEY("day","entity_kind","entity_id","model","provider")
);
--> statement-breakpoint
CREATE TABLE "spend_log" (
	"request_id" text NOT NULL,
	"call_id" text,
	"call_type" text NOT NULL,
	"status" text NOT NULL,
	"stream" boolean NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"first_byte_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone NOT NULL,
	"model" text NOT NULL,
	"model_group" text,
	"deployment_id" text,
	"provider" text,
	"api_base" text,
	"key_hash" text,
	"user_id" text,
	"team_id" text,
	"organization_id" text,
	"end_user" text,
	"tags" text[],
	"has_usage" boolean NOT NULL,
	"input_tokens" bigint DEFAULT 0 NOT NULL,
	"cache_read_tokens" bigint DEFAULT 0 NOT NULL,
	"cache_write_5m_tokens" bigint DEFAULT 0 NOT NULL,
	"cache_write_1h_tokens" bigint DEFAULT 0 NOT NULL,
	"input_audio_tokens" bigint DEFAULT 0 NOT NULL,
	"input_image_tokens" bigint DEFAULT 0 NOT NULL,
	"output_tokens" bigint DEFAULT 0 NOT NULL,
	"reasoning_tokens" bigint DEFAULT 0 NOT NULL,
	"output_audio_tokens" bigint DEFAULT 0 NOT NULL,
	"output_image_tokens" bigint DEFAULT 0 NOT NULL,
	"cost_nano_usd" bigint,
	"price_version" text,
	"cache_hit" boolean NOT NULL,
	"attempts" integer NOT NULL,
	"error_code" text,
	"metadata" jsonb,
	CONSTRAINT "spend_log_request_id_started_at_pk" PRIMARY KEY("request_id","started_at")
) PARTITION BY RANGE ("started_at");
--> statement-breakpoint
CREATE INDEX "spend_daily_entity" ON "spend_daily" USING btree ("entity_kind","entity_id","day");--> statement-breakpoint
CREATE INDEX "spend_log_started" ON "spend_log" USING btree ("started_at","request_id");--> statement-breakpoint
CREATE INDEX "spend_log_key" ON "spend_log" USING btree ("key_hash","started_at") WHERE "spend_log"."key_hash" is not null;--> statement-breakpoint
CREATE INDEX "spend_log_user" ON "spend_log" USING btree ("user_id","started_at") WHERE "spend_log"."user_id" is not null;--> statement-breakpoint
CREATE INDEX "spend_log_call" ON "spend_log" USING btree ("call_id") WHERE "spend_log"."call_id" is not null;
