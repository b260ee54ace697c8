ALTER TABLE "directory_key" ADD COLUMN "created_by" text;--> statement-breakpoint
CREATE INDEX "directory_key_created_by" ON "directory_key" USING btree ("created_by","created_at" desc,"id");--> statement-breakpoint
UPDATE "directory_key" SET "created_by" = btrim((record -> 'createdBy')::text, '"');
