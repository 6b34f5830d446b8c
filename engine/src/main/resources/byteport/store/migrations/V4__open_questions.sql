-- What runs ask humans and have no answer to yet. Written with the entry that asks, gone with the one that answers.
create table question (
  run       varchar(100)                not null primary key references run (id),
  guardrail varchar(200)                not null,
  hash      varchar(100)                not null,
  asked_at  timestamp(6) with time zone not null,
  until_at  timestamp(6) with time zone not null,
  version   integer                     not null,
  body      text                        not null
);

create index question_asked on question (asked_at);
