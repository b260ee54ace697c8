CREATE TABLE "spend_archives" (
	"id" text PRIMARY KEY NOT NULL,
	"date_from" date NOT NULL,
	"date_to" date NOT NULL,
	"generation" integer NOT NULL,
	"status" text NOT NULL,
	"storage_type" text DEFAULT '' NOT NULL,
	"storage_location" text DEFAULT '' NOT NULL,
	"entry_count" bigint DEFAULT 0 NOT NULL,
	"cost_nano_usd" bigint DEFAULT 0 NOT NULL,
	"parts" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error" text,
	"next_attempt_at" timestamp (3) with time zone,
	"holder" text,
	"held_until" timestamp with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"exported_at" timestamp (3) with time zone,
	CONSTRAINT "spend_archives_range" UNIQUE("date_from","generation")
);
--> statement-breakpoint
CREATE INDEX "spend_archives_days" ON "spend_archives" USING btree ("date_from","date_to");