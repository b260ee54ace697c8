CREATE TABLE "configuration_access_group" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"record" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "configuration_credential" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"record" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "configuration_fallback" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"record" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "configuration_model" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"record" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "configuration_setting" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"record" json NOT NULL
);
--> statement-breakpoint
CREATE INDEX "configuration_access_group_newest" ON "configuration_access_group" USING btree ("created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "configuration_credential_newest" ON "configuration_credential" USING btree ("created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "configuration_fallback_newest" ON "configuration_fallback" USING btree ("created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "configuration_model_newest" ON "configuration_model" USING btree ("created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "configuration_setting_newest" ON "configuration_setting" USING btree ("created_at" desc,"id");