-- A run that was read from a file as evidence: it has ended, is never carried on, and counts against nothing.
alter table run add column imported boolean default false not null;

-- The widest window, in milliseconds, in which a limit looks at a key; null where that is not known. What lies within it is kept.
alter table claim_key add column widest bigint;
