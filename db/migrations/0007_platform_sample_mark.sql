-- What a rehearsal was made of, written when it is complete: a start that finds none begins the rehearsal again.
alter table installation add column sample jsonb;
