CREATE TABLE "spend_usage_sheet" (
	"counted" text NOT NULL,
	"day" date NOT NULL,
	"row_count" integer NOT NULL,
	"entity" text NOT NULL,
	"key_id" text NOT NULL,
	"user_id" text NOT NULL,
	"team_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"model_group" text NOT NULL,
	"model" text NOT NULL,
	"provider" text NOT NULL,
	"operation" text NOT NULL,
	"requests" text NOT NULL,
	"failures" text NOT NULL,
	"cache_hits" text NOT NULL,
	"prompt_tokens" text NOT NULL,
	"completion_tokens" text NOT NULL,
	"cache_read_tokens" text NOT NULL,
	"cache_write_tokens" text NOT NULL,
	"cached_completion_tokens" text NOT NULL,
	"cost_nano_usd" text NOT NULL,
	CONSTRAINT "spend_usage_sheet_pk" PRIMARY KEY("counted","day")
);
--> statement-breakpoint
-- Handed over as they are: unpacking them takes longer than reading them.
alter table spend_usage_sheet alter entity set storage external, alter key_id set storage external, alter user_id set storage external, alter team_id set storage external, alter organization_id set storage external, alter model_group set storage external, alter model set storage external, alter provider set storage external, alter operation set storage external, alter requests set storage external, alter failures set storage external, alter cache_hits set storage external, alter prompt_tokens set storage external, alter completion_tokens set storage external, alter cache_read_tokens set storage external, alter cache_write_tokens set storage external, alter cached_completion_tokens set storage external, alter cost_nano_usd set storage external;
--> statement-breakpoint
-- A sheet that is there tells what its day holds, whoever writes. Who makes one locks the table: the lock here comes first, so that the next statement sees what was made until then.
create function spend_usage_changed() returns trigger language plpgsql set search_path from current as $$
begin
  lock table spend_usage_sheet in row exclusive mode;
  if tg_op = 'TRUNCATE' then
    delete from spend_usage_sheet;
  else
    -- Ordered, so that several writers never wait for each other in a circle.
    delete from spend_usage_sheet where (counted, day) in (
      select counted, day from spend_usage_sheet where (counted, day) in (select distinct counted, day from changed) order by counted, day for update);
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger spend_usage_inserted after insert on spend_usage referencing new table as changed for each statement execute function spend_usage_changed();
--> statement-breakpoint
create trigger spend_usage_updated after update on spend_usage referencing new table as changed for each statement execute function spend_usage_changed();
--> statement-breakpoint
create trigger spend_usage_deleted after delete on spend_usage referencing old table as changed for each statement execute function spend_usage_changed();
--> statement-breakpoint
create trigger spend_usage_truncated after truncate on spend_usage for each statement execute function spend_usage_changed();
