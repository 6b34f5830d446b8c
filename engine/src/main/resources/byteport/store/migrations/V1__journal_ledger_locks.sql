-- Runs, their journals, what limits have counted, and who holds which lock. Standard SQL that H2 and PostgreSQL both read.

create table run (
  id          varchar(100)                not null primary key,
  runbook     varchar(200)                not null,
  signal      varchar(500)                not null,
  target      varchar(2000)               not null,
  mode        varchar(20)                 not null,
  opened_at   timestamp(6) with time zone not null,
  class_id    varchar(200),
  result      varchar(40),
  reason      text,
  finished_at timestamp(6) with time zone,
  delivered   boolean default false       not null,
  entries     integer default 0           not null
);

create index run_opened on run (opened_at);
create index run_finished on run (finished_at, delivered);

create table journal_entry (
  run     varchar(100)                not null references run (id),
  seq     integer                     not null,
  at      timestamp(6) with time zone not null,
  kind    varchar(60)                 not null,
  version integer                     not null,
  body    text                        not null,
  primary key (run, seq)
);

-- One row for each claim key ever used: who judges a key locks its row first, so that two runs cannot both take the last unit.
create table claim_key (
  name varchar(2000) not null primary key
);

-- One row for each key that an intent counts against. Released rows count no more: it is certain that nothing happened.
create table ledger (
  intent   varchar(100)                not null,
  name     varchar(2000)               not null,
  run      varchar(100)                not null references run (id),
  at       timestamp(6) with time zone not null,
  released boolean default false       not null,
  primary key (intent, name)
);

create index ledger_window on ledger (name, at);

create table run_lock (
  name  varchar(2000)               not null primary key,
  run   varchar(100)                not null references run (id),
  since timestamp(6) with time zone not null
);

create index run_lock_run on run_lock (run);

-- When a notice of this key was last delivered.
create table notice (
  name    varchar(2000)               not null primary key,
  sent_at timestamp(6) with time zone not null
);
