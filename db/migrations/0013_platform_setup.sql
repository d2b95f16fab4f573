-- How far a ward's own installation has been set up: when it was finished, and who its first administrator is. Until
-- then set-up may put what it made right; afterwards its door is gone.
alter table installation add column setup jsonb not null default '{}';
