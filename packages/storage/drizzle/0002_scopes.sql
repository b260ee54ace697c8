CREATE TABLE "directory_budget" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"record" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "directory_customer" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"record" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "directory_organization" (
	"alias" text,
	"member" text[],
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"record" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "directory_tag" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"record" json NOT NULL
);
--> statement-breakpoint
ALTER TABLE "directory_team" ADD COLUMN "organization_id" text;--> statement-breakpoint
ALTER TABLE "directory_user" ADD COLUMN "role" text;--> statement-breakpoint
CREATE INDEX "directory_budget_newest" ON "directory_budget" USING btree ("created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "directory_customer_newest" ON "directory_customer" USING btree ("created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "directory_organization_newest" ON "directory_organization" USING btree ("created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "directory_organization_alias" ON "directory_organization" USING btree ("alias","created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "directory_organization_member" ON "directory_organization" USING gin ("member");--> statement-breakpoint
CREATE INDEX "directory_tag_newest" ON "directory_tag" USING btree ("created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "directory_team_organization_id" ON "directory_team" USING btree ("organization_id","created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "directory_user_role" ON "directory_user" USING btree ("role","created_at" desc,"id");