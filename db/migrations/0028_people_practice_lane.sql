-- Whether the practice lane was done on a phone. A fact of that one phone, like its PIN: what was tapped there is no record
-- and is told to nobody, only that it was done, so that the ward sees before the first day who has not practised yet.
alter table devices add column practised_at timestamptz;
