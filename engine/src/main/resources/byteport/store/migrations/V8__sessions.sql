-- Who has signed in at a console. Kept where all agents that share the state see it; of what the browser shows only a hash is kept, so that
-- whoever reads this table can enter nowhere.
create table console_session (
  name     varchar(64)                 not null primary key,
  person   varchar(200)                not null,
  proof    varchar(64)                 not null,
  until_at timestamp(6) with time zone not null
);

create index console_session_until on console_session (until_at);
