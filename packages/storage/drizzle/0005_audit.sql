CREATE TABLE "audit_log" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"changed_by" text NOT NULL,
	"claimed" text,
	"key_hash" text,
	"action" text NOT NULL,
	"kind" text NOT NULL,
	"record_id" text NOT NULL,
	"table_name" text NOT NULL,
	"object_id" text NOT NULL,
	"before_value" json,
	"updated_values" json
);
--> statement-breakpoint
CREATE INDEX "audit_log_newest" ON "audit_log" USING btree ("at" desc,"id");--> statement-breakpoint
CREATE INDEX "audit_log_record" ON "audit_log" USING btree ("record_id","at" desc,"id");--> statement-breakpoint
CREATE INDEX "audit_log_object" ON "audit_log" USING btree ("object_id","at" desc,"id");--> statement-breakpoint
CREATE INDEX "audit_log_by" ON "audit_log" USING btree ("changed_by","at" desc,"id");