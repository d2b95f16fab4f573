-- The queue lives in a schema of its own and knows no ward; the app adds to it through this one function, inside the
-- caller's transaction, so a job exists exactly when the change that asked for it does.
create schema if not exists jobs;
grant usage on schema jobs to tungnha_app;

create function jobs.add(task text, payload json, run_at timestamptz default null, job_key text default null,
                         queue text default null, max_attempts int default null) returns void
  language plpgsql security definer set search_path = pg_catalog, graphile_worker, pg_temp as $$
begin
  perform graphile_worker.add_job(task, payload => payload, run_at => run_at, job_key => job_key,
                                  queue_name => queue, max_attempts => max_attempts);
end $$;
revoke all on function jobs.add(text, json, timestamptz, text, text, int) from public;
grant execute on function jobs.add(text, json, timestamptz, text, text, int) to tungnha_app;
