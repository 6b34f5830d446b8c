-- What sources say, and how it stands with each source. The version grows with everything that begins or ends there, so that a process
-- sees whether what it remembers still holds.
create table alert_source (
  name     varchar(200)     not null primary key,
  version  bigint default 0 not null,
  bookmark text,
  heard_at timestamp(6) with time zone,
  heard    bigint default 0 not null,
  refused  bigint default 0 not null,
  degraded text,
  since    timestamp(6) with time zone,
  poller   varchar(200)
);

-- One row for each time that an alert began to fire. Its id stands for its source and its fingerprint. A row is due until it is known what
-- becomes of it; one that joined the run of another is looked at again when that run has ended. One that passes is the end of another, as a
-- signal of its own: it does not fire, and is not what a run is about.
create table alert (
  id            varchar(64)                 not null,
  episode       integer                     not null,
  source        varchar(200)                not null,
  fingerprint   text                        not null,
  title         text                        not null,
  began_at      timestamp(6) with time zone not null,
  ended_at      timestamp(6) with time zone,
  heard_at      timestamp(6) with time zone not null,
  heard         bigint                      not null,
  version       integer                     not null,
  body          text                        not null,
  stage         varchar(20)                 not null,
  escalates     boolean                     not null,
  passes        boolean                     not null,
  outcome       varchar(20),
  run           varchar(100),
  reason        text,
  claimed_by    varchar(200),
  claimed_until timestamp(6) with time zone,
  primary key (id, episode)
);

create index alert_stage on alert (stage, began_at);
create index alert_source_ended on alert (source, ended_at);
create index alert_run on alert (run);
create index alert_began on alert (began_at);
