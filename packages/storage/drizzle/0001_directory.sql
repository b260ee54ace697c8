CREATE TABLE "directory_change" (
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "directory_change_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "directory_key" (
	"user_id" text,
	"team_id" text,
	"organization_id" text,
	"alias" text,
	"hash" text,
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"record" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "directory_name" (
	"kind" text NOT NULL,
	"name" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	CONSTRAINT "directory_name_kind_name_pk" PRIMARY KEY("kind","name")
);
--> statement-breakpoint
CREATE TABLE "directory_team" (
	"alias" text,
	"member" text[],
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"record" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "directory_user" (
	"email" text,
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"record" json NOT NULL
);
--> statement-breakpoint
ALTER TABLE "spend_log" ADD COLUMN "limit_model" text;--> statement-breakpoint
ALTER TABLE "spend_log" ADD COLUMN "key_id" text;--> statement-breakpoint
CREATE INDEX "directory_key_newest" ON "directory_key" USING btree ("created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "directory_key_user_id" ON "directory_key" USING btree ("user_id","created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "directory_key_team_id" ON "directory_key" USING btree ("team_id","created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "directory_key_organization_id" ON "directory_key" USING btree ("organization_id","created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "directory_key_alias" ON "directory_key" USING btree ("alias","created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "directory_key_hash" ON "directory_key" USING btree ("hash","created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "directory_name_record" ON "directory_name" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "directory_team_newest" ON "directory_team" USING btree ("created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "directory_team_alias" ON "directory_team" USING btree ("alias","created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "directory_team_member" ON "directory_team" USING gin ("member");--> statement-breakpoint
CREATE INDEX "directory_user_newest" ON "directory_user" USING btree ("created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "directory_user_email" ON "directory_user" USING btree ("email","created_at" desc,"id");--> statement-breakpoint
CREATE INDEX "spend_log_key_id" ON "spend_log" USING btree ("key_id","started_at") WHERE "spend_log"."key_id" is not null;--> statement-breakpoint
CREATE INDEX "spend_log_team" ON "spend_log" USING btree ("team_id","started_at") WHERE "spend_log"."team_id" is not null;--> statement-breakpoint
CREATE INDEX "spend_log_member" ON "spend_log" USING btree (("team_id" || ':' || "user_id"),"started_at") WHERE "spend_log"."team_id" || ':' || "spend_log"."user_id" is not null;--> statement-breakpoint
CREATE INDEX "spend_log_organization" ON "spend_log" USING btree ("organization_id","started_at") WHERE "spend_log"."organization_id" is not null;--> statement-breakpoint
CREATE INDEX "spend_log_end_user" ON "spend_log" USING btree ("end_user","started_at") WHERE "spend_log"."end_user" is not null;