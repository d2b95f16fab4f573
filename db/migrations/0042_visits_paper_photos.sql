-- A photo of a visit may show the signed paper or something else: only the first belongs to the pledge. What was brought
-- before anybody was asked may be of the paper, and stays with it.
alter table record_media add column of_paper boolean not null default true;
