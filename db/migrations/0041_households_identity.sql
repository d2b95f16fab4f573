-- What a citizen card read at the door adds to a household: the head's year of birth, and, only where the ward decided
-- to keep it, the card's number by its ends. The whole number is stored nowhere.
alter table households
  add column head_born_year smallint,
  add column identity_masked text,
  add constraint households_head_born check (head_born_year between 1900 and 2100),
  add constraint households_identity_masked check (identity_masked ~ '^[0-9]{3}•{6}[0-9]{3}$');
