-- What was seen when somebody asked for the links of a channel to be opened: advice beside a post, never a change of it.
alter table posts
  add column link_state text constraint posts_link_state check (link_state in ('stands', 'gone', 'unknown')),
  add column link_looked_at timestamptz,
  add constraint posts_link_looked_at check ((link_state is null) = (link_looked_at is null));
